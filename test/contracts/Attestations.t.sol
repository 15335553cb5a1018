// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FacilityKind} from "../../contracts/Codes.sol";
import {Attestation, AttestationState, FacilityId, LotId, Revocation, StatementId} from "../../contracts/Types.sol";
import {IAttestations} from "../../contracts/interfaces/IAttestations.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Base} from "./Base.sol";
import {Lot} from "./Scribe.sol";
import {Wallet} from "./Wallet.sol";

contract AttestationsTest is Base {
    function aboutMine() private view returns (Attestation memory) {
        return attestation(FacilityId.unwrap(mine));
    }

    function subjectOf(address party) private pure returns (bytes32) {
        return bytes32(uint256(uint160(party)));
    }

    // ── Attested ──

    function test_attests_to_a_facility() public {
        Attestation memory statement = aboutMine();
        StatementId id = idOf(statement);
        bytes memory authority = signed(auditor, id);
        vm.expectEmit(address(ledger));
        emit IAttestations.AttestationRecorded(id, statement, auditor, authority);
        ledger.recordAttestation(statement, authority);
        AttestationState memory state = ledger.attestationState(id);
        assertEq(state.auditor, auditor);
        assertEq(state.endsAt, START + 365 days);
    }

    function test_attests_to_a_lot() public {
        Lot memory ore = mined(KG);
        StatementId id = record(attestation(LotId.unwrap(ore.id)));
        assertEq(ledger.attestationState(id).auditor, auditor);
    }

    function test_attests_to_a_party() public {
        StatementId id = record(attestation(subjectOf(miner)));
        assertEq(ledger.attestationState(id).auditor, auditor);
    }

    function test_losing_the_accreditation_leaves_attestations_standing() public {
        StatementId id = record(aboutMine());
        vm.prank(accreditor);
        ledger.withdrawAccreditation(auditor, SCHEME, 0);
        assertEq(ledger.attestationState(id).endsAt, START + 365 days);
    }

    function test_refused_SchemeEmpty() public {
        Attestation memory statement = aboutMine();
        statement.scheme = "";
        refuse(statement, abi.encodeWithSelector(IParties.SchemeEmpty.selector));
    }

    function test_refused_OutcomeUnknown_below() public {
        Attestation memory statement = aboutMine();
        statement.outcome = 0;
        refuse(statement, abi.encodeWithSelector(IAttestations.OutcomeUnknown.selector, 0));
    }

    function test_refused_OutcomeUnknown_above() public {
        Attestation memory statement = aboutMine();
        statement.outcome = 4;
        refuse(statement, abi.encodeWithSelector(IAttestations.OutcomeUnknown.selector, 4));
    }

    function test_refused_ValidityEmpty() public {
        Attestation memory statement = aboutMine();
        statement.validUntil = statement.validFrom;
        refuse(statement, abi.encodeWithSelector(IAttestations.ValidityEmpty.selector, START, START));
        --statement.validUntil;
        refuse(statement, abi.encodeWithSelector(IAttestations.ValidityEmpty.selector, START, START - 1));
    }

    function test_refused_AuditorNotAccredited_for_that_scheme() public {
        Attestation memory statement = aboutMine();
        statement.scheme = "IRMA";
        refuse(statement, abi.encodeWithSelector(IParties.AuditorNotAccredited.selector, auditor, "IRMA"));
    }

    function test_refused_AuditorNotAccredited_any_more() public {
        vm.prank(accreditor);
        ledger.withdrawAccreditation(auditor, SCHEME, 0);
        refuse(aboutMine(), abi.encodeWithSelector(IParties.AuditorNotAccredited.selector, auditor, SCHEME));
    }

    function test_refused_SubjectUnknown() public {
        bytes32 nothing = keccak256("nothing");
        refuse(attestation(nothing), abi.encodeWithSelector(IAttestations.SubjectUnknown.selector, nothing));
    }

    function test_refused_SubjectUnknown_party_not_admitted() public {
        bytes32 subject = subjectOf(stranger);
        refuse(attestation(subject), abi.encodeWithSelector(IAttestations.SubjectUnknown.selector, subject));
    }

    function test_refused_SubjectUnknown_party_with_dirt_above_it() public {
        bytes32 subject = subjectOf(miner) | bytes32(uint256(1) << 160);
        refuse(attestation(subject), abi.encodeWithSelector(IAttestations.SubjectUnknown.selector, subject));
    }

    function test_refused_SubjectUnknown_zero() public {
        refuse(attestation(0), abi.encodeWithSelector(IAttestations.SubjectUnknown.selector, bytes32(0)));
    }

    function test_refused_SubjectIsOwn_facility() public {
        bytes32 subject = FacilityId.unwrap(registered(auditor, FacilityKind.STORAGE));
        bytes memory refusal = abi.encodeWithSelector(IAttestations.SubjectIsOwn.selector, subject, auditor);
        refuse(attestation(subject), refusal);
    }

    function test_refused_SubjectIsOwn_lot() public {
        Lot memory ore = mined(KG);
        moved(ore, mine, registered(auditor, FacilityKind.STORAGE));
        bytes memory refusal = abi.encodeWithSelector(IAttestations.SubjectIsOwn.selector, ore.id, auditor);
        refuse(attestation(LotId.unwrap(ore.id)), refusal);
    }

    function test_refused_SubjectIsOwn_itself() public {
        bytes32 subject = subjectOf(auditor);
        bytes memory refusal = abi.encodeWithSelector(IAttestations.SubjectIsOwn.selector, subject, auditor);
        refuse(attestation(subject), refusal);
    }

    function test_refused_StatementAlreadyRecorded() public {
        Attestation memory statement = aboutMine();
        StatementId id = record(statement);
        refuse(statement, abi.encodeWithSelector(IParties.StatementAlreadyRecorded.selector, id));
    }

    // ── Revoked ──

    function test_auditor_revokes() public {
        Attestation memory revoked = aboutMine();
        record(revoked);
        Revocation memory statement = revocation(auditor, revoked);
        StatementId id = idOf(statement);
        bytes memory authority = signed(auditor, id);
        vm.expectEmit(address(ledger));
        emit IAttestations.RevocationRecorded(id, statement, auditor, authority);
        ledger.recordRevocation(statement, revoked, authority);
        assertEq(ledger.attestationState(statement.attestation).endsAt, START);
    }

    function test_registrar_revokes_though_no_party() public {
        Attestation memory revoked = aboutMine();
        StatementId attested = record(revoked);
        record(revocation(registrar, revoked), revoked);
        assertEq(ledger.attestationState(attested).endsAt, START);
    }

    function test_registrar_may_be_a_contract() public {
        Attestation memory revoked = aboutMine();
        StatementId attested = record(revoked);
        address council = address(new Wallet(stranger));
        bytes32 role = ledger.REGISTRAR();
        vm.prank(registrar);
        ledger.grantRole(role, council);
        Revocation memory statement = revocation(council, revoked);
        ledger.recordRevocation(statement, revoked, signed(stranger, idOf(statement)));
        assertEq(ledger.attestationState(attested).endsAt, START);
    }

    function test_each_revocation_ends_it_earlier() public {
        Attestation memory revoked = aboutMine();
        StatementId attested = record(revoked);
        record(revocation(auditor, revoked), revoked);
        Revocation memory earlier = revocation(registrar, revoked);
        earlier.effectiveAt = START - 1;
        record(earlier, revoked);
        assertEq(ledger.attestationState(attested).endsAt, START - 1);
    }

    function test_revocation_refused_AttestationUnknown() public {
        Attestation memory never = aboutMine();
        bytes memory refusal = abi.encodeWithSelector(IAttestations.AttestationUnknown.selector, idOf(never));
        refuse(revocation(auditor, never), never, refusal);
    }

    function test_revocation_refused_RevocationNotByAuthor() public {
        Attestation memory revoked = aboutMine();
        record(revoked);
        Revocation memory statement = revocation(miner, revoked);
        refuse(statement, revoked, abi.encodeWithSelector(IAttestations.RevocationNotByAuthor.selector, auditor, miner));
    }

    function test_revocation_refused_RevocationNotByAuthor_accreditor() public {
        Attestation memory revoked = aboutMine();
        record(revoked);
        Revocation memory statement = revocation(accreditor, revoked);
        refuse(statement, revoked, abi.encodeWithSelector(IAttestations.RevocationNotByAuthor.selector, auditor, accreditor));
    }

    function test_revocation_refused_RevocationNotEarlier() public {
        Attestation memory revoked = aboutMine();
        record(revoked);
        Revocation memory statement = revocation(auditor, revoked);
        uint40 end = START + 365 days;
        statement.effectiveAt = end;
        refuse(statement, revoked, abi.encodeWithSelector(IAttestations.RevocationNotEarlier.selector, end, end));
    }

    function test_recorded_again_refused_RevocationNotEarlier() public {
        Attestation memory revoked = aboutMine();
        record(revoked);
        Revocation memory statement = revocation(auditor, revoked);
        record(statement, revoked);
        refuse(statement, revoked, abi.encodeWithSelector(IAttestations.RevocationNotEarlier.selector, START, START));
    }
}
