// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FacilityKind, Outcome, Scope} from "../../contracts/Codes.sol";
import {
    Attestation,
    Delegation,
    FacilityId,
    FacilityRegistration,
    KeyObjection,
    KeyProposal,
    KeyReplacement,
    LotId,
    Observation,
    Revocation,
    StatementId
} from "../../contracts/Types.sol";
import {HandlerOfLots} from "./HandlerOfLots.sol";

/// @notice Random turns with parties, keys, attestations and observations.
abstract contract Handler is HandlerOfLots {
    address private _phone = account("phone");
    uint256 private _keys;

    // ── Attestations ──

    function subjectOf(uint256 seed) private view returns (bytes32) {
        if (seed % 3 == 0) return FacilityId.unwrap(sites[(seed >> 8) % 4]);
        if (seed % 3 == 1) return bytes32(uint256(uint160(traders[(seed >> 8) % 4])));
        return lotIds.length == 0 ? bytes32(0) : LotId.unwrap(lotIds[(seed >> 8) % lotIds.length]);
    }

    function attest(uint256 seed) external {
        bytes32 subject = subjectOf(seed);
        Attestation memory statement = attestation(subject);
        (statement.evidence, statement.recordBy) = (serial(), type(uint40).max);
        statement.outcome = uint8(bound(seed >> 16, Outcome.CONFORMANT, Outcome.ALERT));
        bool isThief = (seed >> 32) % 4 == 0;
        if (isThief) statement.auditor = traders[(seed >> 40) % 4];
        bytes memory authority = signed(statement.auditor, idOf(statement));
        bytes memory call = abi.encodeCall(ledger.recordAttestation, (statement, authority));
        attempt(call, subject != 0 && !isThief);
    }

    /// @dev I10: earlier than before, or not at all.
    function revoke(uint256 seed, uint40 effectiveAt) external {
        if (attestationIds.length == 0) return;
        StatementId id = attestationIds[seed % attestationIds.length];
        uint40 end = attestations[id].state.endsAt;
        effectiveAt = uint40(bound(effectiveAt, 0, uint256(end) + 1 days));
        address[3] memory authors = [auditor, registrar, traders[(seed >> 16) % 4]];
        Revocation memory statement =
            Revocation(authors[(seed >> 8) % 3], id, effectiveAt, serial(), type(uint40).max);
        bytes memory authority = signed(statement.author, idOf(statement));
        bytes memory call = abi.encodeCall(ledger.recordRevocation, (statement, attestations[id].statement, authority));
        attempt(call, (seed >> 8) % 3 < 2 && effectiveAt < end);
    }

    // ── Observations ──

    /// @dev By the observer's own key, or by the phone where it may.
    function observe(uint256 seed) external {
        address observer = traders[seed % 4];
        bool byPhone = (seed >> 8) % 2 == 0;
        address device = byPhone ? _phone : partyStates[observer].key;
        Observation memory statement = observation(observer, device, subjectOf(seed >> 16));
        (statement.evidence, statement.recordBy) = (serial(), type(uint40).max);
        bool isStale = (seed >> 128) % 5 == 0;
        if (isStale) statement.previous = StatementId.wrap(keccak256("stale"));
        bytes memory authority = signed(device, idOf(statement));
        bytes memory call = abi.encodeCall(ledger.recordObservation, (statement, authority));
        attempt(call, !isStale && (!byPhone || mayPhone(observer, Scope.OBSERVATION)));
    }

    function mayPhone(address party, uint16 scope) private view returns (bool) {
        bool isInForce = timeNow() < delegations[party][_phone].validUntil
            && delegations[party][_phone].keyNumber == partyStates[party].keyNumber;
        return isInForce && delegations[party][_phone].scope & scope != 0;
    }

    // ── Keys ──

    function delegate(uint256 seed) external {
        address party = traders[seed % 4];
        Delegation memory statement = delegation(party, _phone, uint16(bound(seed >> 8, 0, Scope.ALL)));
        statement.validUntil = (seed >> 32) % 4 == 0 ? 0 : timeNow() + uint40(bound(seed >> 40, 1, 2 days));
        statement.recordBy = type(uint40).max;
        bool expected = statement.issuedAt > delegations[party][_phone].issuedAt
            && (statement.scope != 0 || statement.validUntil == 0);
        bytes memory authority = signed(party, idOf(statement));
        attempt(abi.encodeCall(ledger.recordDelegation, (statement, authority)), expected);
    }

    /// @dev I8: the phone registers a site where its scope says so, and nowhere else.
    function register(uint256 seed) external {
        address party = traders[seed % 4];
        FacilityRegistration memory statement = registration(party, FacilityKind.STORAGE);
        (statement.evidence, statement.recordBy) = (serial(), type(uint40).max);
        bytes memory authority = signed(_phone, idOf(statement));
        bytes memory call = abi.encodeCall(ledger.recordFacilityRegistration, (statement, authority));
        attempt(call, mayPhone(party, Scope.FACILITY_REGISTRATION));
    }

    function newKey() private returns (address) {
        return account(string.concat("key ", vm.toString(++_keys)));
    }

    function replaceKey(uint256 seed) external {
        address party = traders[seed % 4];
        KeyReplacement memory statement = replacement(party, newKey());
        statement.recordBy = type(uint40).max;
        bytes memory authority = signed(party, idOf(statement));
        attempt(abi.encodeCall(ledger.recordKeyReplacement, (statement, authority)), true);
        keyOf[party] = keyOf[statement.key];
    }

    function proposeKey(uint256 seed) external {
        address sender = (seed >> 8) % 3 == 0 ? accreditor : registrar;
        bytes memory call = abi.encodeCall(ledger.proposeKey, (traders[seed % 4], newKey(), serial()));
        attemptAs(sender, call, sender == registrar);
    }

    function object(uint256 seed) external {
        address party = traders[seed % 4];
        KeyObjection memory statement = objection(party);
        statement.recordBy = type(uint40).max;
        bytes memory authority = signed(party, idOf(statement));
        bytes memory call = abi.encodeCall(ledger.recordKeyObjection, (statement, authority));
        attempt(call, proposals[party].key != address(0));
    }

    function completeKey(uint256 seed) external {
        address party = traders[seed % 4];
        KeyProposal memory proposal = proposals[party];
        if ((seed >> 8) % 2 == 0) vm.warp(timeNow() + 4 days);
        bool expected = proposal.key != address(0) && timeNow() >= proposal.effectiveAt;
        attemptAs(stranger, abi.encodeCall(ledger.completeKeyProposal, (party)), expected);
        if (expected) keyOf[party] = keyOf[proposal.key];
    }

    // ── The registrar and the accreditor ──

    function suspendForAMoment(uint256 seed) external {
        address party = traders[seed % 4];
        attemptAs(registrar, abi.encodeCall(ledger.suspend, (party, serial())), true);
        FacilityRegistration memory statement = registration(party, FacilityKind.STORAGE);
        bytes memory authority = signed(party, idOf(statement));
        attempt(abi.encodeCall(ledger.recordFacilityRegistration, (statement, authority)), false);
        assertParties();
        attemptAs(registrar, abi.encodeCall(ledger.reinstate, (party, serial())), true);
    }

    function grantMore(uint256 seed, uint64 milligrams) external {
        bool atMine = seed % 2 == 0;
        FacilityId site = atMine ? mine : recyclingPlant;
        milligrams = uint64(bound(milligrams, 0, 500 * KG));
        bool expected = milligrams >= ledger.quota(site, COBALT, !atMine, YEAR).used;
        bytes memory call = abi.encodeCall(ledger.grantQuota, (site, COBALT, !atMine, YEAR, milligrams, 0));
        attemptAs(registrar, call, expected);
    }

    /// @dev I8: nobody does what only the registrar or the accreditor may.
    function usurp(uint256 seed) external {
        address sender = [miner, auditor, stranger, accreditor][seed % 4];
        attemptAs(sender, abi.encodeCall(ledger.admit, (stranger, 0)), false);
        attemptAs(sender, abi.encodeCall(ledger.suspend, (miner, 0)), false);
        attemptAs(sender, abi.encodeCall(ledger.grantQuota, (mine, COBALT, false, YEAR, KG, 0)), false);
        sender = sender == accreditor ? registrar : sender;
        attemptAs(sender, abi.encodeCall(ledger.accredit, (auditor, "other", 0)), false);
    }

    function withdrawForAMoment() external {
        bytes memory call = abi.encodeCall(ledger.withdrawAccreditation, (auditor, SCHEME, 0));
        attemptAs(accreditor, call, true);
        assertParties();
        assertAttestations();
        attemptAs(accreditor, abi.encodeCall(ledger.accredit, (auditor, SCHEME, 0)), true);
    }

    // ── What the invariants read ──

    /// @dev By the ledger's own word on each lot: what is held or in transit exists.
    function existing() internal view returns (uint256[PAIRS] memory sums) {
        for (uint256 i; i < lotIds.length; ++i) {
            uint256 status = uint256(ledger.lotState(lotIds[i]).status);
            if (status == 1 || status == 2) addTo(sums, birthOf(lotIds[i]).output.content);
        }
    }
}
