// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Outcome, Scope} from "../../contracts/Codes.sol";
import {Attestation, FacilityId, LotId, Revocation, StatementId} from "../../contracts/Types.sol";
import {IAttestations} from "../../contracts/interfaces/IAttestations.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Base} from "./Base.sol";

/// @notice What was said of a subject, in one word: nothing can be left out, moved or added.
contract TrailsTest is Base {
    function folded(bytes32 trail, StatementId id) private pure returns (bytes32) {
        return keccak256(abi.encode(trail, id));
    }

    function about(bytes32 subject) private returns (Attestation memory statement) {
        statement = attestation(subject);
        statement.evidence = serial();
    }

    function assertTrail(bytes32 subject, bytes32 trail) private view {
        assertEq(ledger.trail(subject), trail);
    }

    // ── What joins ──

    function test_starts_from_zero() public {
        bytes32 subject = FacilityId.unwrap(mine);
        assertTrail(subject, 0);
        StatementId id = record(about(subject));
        assertTrail(subject, folded(0, id));
    }

    function test_attestations_and_revocations_join_in_their_order() public {
        bytes32 subject = FacilityId.unwrap(mine);
        Attestation memory first = about(subject);
        bytes32 trail = folded(0, record(first));
        trail = folded(trail, record(about(subject)));
        trail = folded(trail, record(revocation(auditor, first), first));
        Revocation memory earlier = revocation(registrar, first);
        --earlier.effectiveAt;
        trail = folded(trail, record(earlier, first));
        assertTrail(subject, trail);
    }

    function test_adverse_outcomes_join_as_well() public {
        bytes32 subject = FacilityId.unwrap(mine);
        Attestation memory adverse = about(subject);
        adverse.outcome = Outcome.ALERT;
        bytes32 trail = folded(0, record(adverse));
        adverse.outcome = Outcome.NON_CONFORMANT;
        assertTrail(subject, folded(trail, record(adverse)));
    }

    function test_only_the_first_of_each_log_joins() public {
        bytes32 subject = FacilityId.unwrap(mine);
        record(delegation(maker, stranger, Scope.OBSERVATION));
        bytes32 trail = folded(0, record(observation(maker, maker, subject)));
        record(observation(maker, maker, subject));
        assertTrail(subject, trail);
        trail = folded(trail, record(observation(maker, stranger, subject)));
        record(observation(maker, stranger, subject));
        assertTrail(subject, trail);
    }

    function test_each_subject_has_its_own() public {
        bytes32 lot = LotId.unwrap(mined(KG).id);
        bytes32 party = bytes32(uint256(uint160(miner)));
        StatementId aboutLot = record(about(lot));
        StatementId aboutParty = record(about(party));
        assertTrail(lot, folded(0, aboutLot));
        assertTrail(party, folded(0, aboutParty));
        assertTrail(FacilityId.unwrap(mine), 0);
    }

    function test_stays_when_the_accreditation_is_withdrawn() public {
        bytes32 subject = FacilityId.unwrap(mine);
        StatementId id = record(about(subject));
        vm.prank(accreditor);
        ledger.withdrawAccreditation(auditor, SCHEME, 0);
        assertTrail(subject, folded(0, id));
    }

    function test_refused_statement_leaves_no_trace() public {
        bytes32 subject = FacilityId.unwrap(mine);
        Attestation memory statement = about(subject);
        StatementId id = record(statement);
        refuse(statement, abi.encodeWithSelector(IParties.StatementAlreadyRecorded.selector, id));
        Revocation memory late = revocation(auditor, statement);
        late.effectiveAt = statement.validUntil;
        bytes memory refusal = abi.encodeWithSelector(
            IAttestations.RevocationNotEarlier.selector, statement.validUntil, statement.validUntil
        );
        refuse(late, statement, refusal);
        assertTrail(subject, folded(0, id));
    }

    // ── The revoked attestation is shown whole, so that the revocation joins the right trail ──

    function test_revocation_refused_WitnessMismatch_another_subject() public {
        Attestation memory revoked = about(FacilityId.unwrap(mine));
        record(revoked);
        Revocation memory statement = revocation(auditor, revoked);
        revoked.subject = FacilityId.unwrap(plant);
        bytes memory refusal =
            abi.encodeWithSelector(IParties.WitnessMismatch.selector, statement.attestation, idOf(revoked));
        refuse(statement, revoked, refusal);
    }

    function test_revocation_refused_WitnessMismatch_another_attestation() public {
        Attestation memory revoked = about(FacilityId.unwrap(mine));
        record(revoked);
        Attestation memory other = about(FacilityId.unwrap(plant));
        record(other);
        Revocation memory statement = revocation(auditor, revoked);
        bytes memory refusal =
            abi.encodeWithSelector(IParties.WitnessMismatch.selector, idOf(revoked), idOf(other));
        refuse(statement, other, refusal);
    }

    // ── Nobody can make a statement stale ──

    /// @dev Drafted before others spoke of the same subject, recorded after: signers do not name the trail.
    function test_strangers_cannot_make_a_draft_stale() public {
        bytes32 subject = FacilityId.unwrap(mine);
        Attestation memory revoked = about(subject);
        record(revoked);
        Attestation memory draft = about(subject);
        Revocation memory end = revocation(auditor, revoked);
        admit(stranger);
        record(observation(stranger, stranger, subject));
        vm.prank(accreditor);
        ledger.accredit(stranger, SCHEME, 0);
        Attestation memory noise = about(subject);
        noise.auditor = stranger;
        record(noise);
        record(draft);
        record(end, revoked);
        assertEq(ledger.attestationState(idOf(revoked)).endsAt, START);
    }

    /// @dev Only the device itself moves its log's tail, whoever submits and whatever others log.
    function test_strangers_cannot_make_a_reading_stale() public {
        bytes32 subject = FacilityId.unwrap(mine);
        record(observation(maker, maker, subject));
        StatementId before = ledger.tail(maker, maker, subject);
        admit(stranger);
        record(observation(stranger, stranger, subject));
        record(observation(maker, maker, FacilityId.unwrap(plant)));
        record(delegation(maker, stranger, Scope.OBSERVATION));
        record(observation(maker, stranger, subject));
        assertEq(StatementId.unwrap(ledger.tail(maker, maker, subject)), StatementId.unwrap(before));
        record(observation(maker, maker, subject));
    }

    // ── Shared vectors ──

    function test_vectors() public view {
        string memory json = vm.readFile("test/vectors/trails.json");
        uint256 i;
        for (; vm.keyExistsJson(json, string.concat("[", vm.toString(i), "]")); ++i) {
            string memory path = string.concat("[", vm.toString(i), "]");
            bytes32[] memory ids = vm.parseJsonBytes32Array(json, string.concat(path, ".ids"));
            bytes32 trail;
            for (uint256 j; j < ids.length; ++j) trail = folded(trail, StatementId.wrap(ids[j]));
            assertEq(trail, vm.parseJsonBytes32(json, string.concat(path, ".trail")), path);
        }
        assertGe(i, 1);
    }
}
