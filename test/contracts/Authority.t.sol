// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FacilityKind, Process} from "../../contracts/Codes.sol";
import {
    Attestation,
    Dispatch,
    FacilityId,
    FacilityRegistration,
    LotStatus,
    Output,
    Production,
    Receipt,
    Revocation
} from "../../contracts/Types.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Base} from "./Base.sol";
import {Lot} from "./Scribe.sol";

/// @notice Who may author each statement: an admitted party, in good standing where it matters, in time.
contract AuthorityTest is Base {
    function unknown(address party) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IParties.PartyUnknown.selector, party);
    }

    function suspended(address party) private returns (bytes memory) {
        suspend(party);
        return abi.encodeWithSelector(IParties.PartyIsSuspended.selector, party);
    }

    /// @dev Moves the clock one second past `recordBy`.
    function expired(uint40 recordBy) private returns (bytes memory) {
        vm.warp(recordBy + 1);
        return abi.encodeWithSelector(IParties.StatementExpired.selector, recordBy, uint256(recordBy) + 1);
    }

    function sent() private returns (Dispatch memory statement) {
        statement = dispatch(one(mined(KG)), mine, refinery);
        record(statement);
    }

    function attested() private returns (Attestation memory statement) {
        statement = attestation(FacilityId.unwrap(mine));
        record(statement);
    }

    // ── Facility registration ──

    function test_registration_refused_PartyUnknown() public {
        refuse(registration(stranger, FacilityKind.MINE), unknown(stranger));
    }

    function test_registration_refused_PartyIsSuspended() public {
        refuse(registration(maker, FacilityKind.MINE), suspended(maker));
    }

    function test_registration_refused_StatementExpired() public {
        FacilityRegistration memory statement = registration(maker, FacilityKind.MINE);
        refuse(statement, expired(statement.recordBy));
    }

    function test_registration_recorded_at_recordBy() public {
        FacilityRegistration memory statement = registration(maker, FacilityKind.MINE);
        vm.warp(statement.recordBy);
        record(statement);
    }

    // ── Production ──

    function test_production_refused_PartyUnknown() public {
        Output[] memory made = yielding(goods(KG, primaryCobalt(KG)));
        refuse(production(stranger, mine, Process.EXTRACT, none(), made), none(), unknown(stranger));
    }

    function test_production_refused_PartyIsSuspended() public {
        refuse(extraction(KG), none(), suspended(miner));
    }

    function test_production_refused_StatementExpired() public {
        Production memory statement = extraction(KG);
        refuse(statement, none(), expired(statement.recordBy));
    }

    // ── Dispatch ──

    function test_dispatch_refused_PartyUnknown() public {
        Dispatch memory statement = dispatch(one(mined(KG)), mine, refinery);
        statement.consignor = stranger;
        refuse(statement, unknown(stranger));
    }

    function test_dispatch_refused_PartyIsSuspended() public {
        refuse(dispatch(one(mined(KG)), mine, refinery), suspended(miner));
    }

    function test_dispatch_refused_PartyUnknown_consignee() public {
        Dispatch memory statement = dispatch(one(mined(KG)), mine, refinery);
        statement.consignee = stranger;
        refuse(statement, unknown(stranger));
    }

    function test_dispatch_refused_PartyIsSuspended_consignee() public {
        refuse(dispatch(one(mined(KG)), mine, refinery), suspended(refiner));
    }

    function test_dispatch_refused_StatementExpired() public {
        Dispatch memory statement = dispatch(one(mined(KG)), mine, refinery);
        refuse(statement, expired(statement.recordBy));
    }

    // ── Receipt ──

    function test_receipt_refused_PartyUnknown() public {
        Dispatch memory dispatched = sent();
        refuse(receipt(stranger, dispatched, true), dispatched, unknown(stranger));
    }

    function test_receipt_refused_PartyIsSuspended() public {
        Dispatch memory dispatched = sent();
        refuse(receipt(refiner, dispatched, true), dispatched, suspended(refiner));
    }

    function test_receipt_refused_StatementExpired() public {
        Dispatch memory dispatched = sent();
        Receipt memory statement = receipt(refiner, dispatched, true);
        refuse(statement, dispatched, expired(statement.recordBy));
    }

    function test_suspended_consignee_still_refuses() public {
        Dispatch memory dispatched = sent();
        suspend(refiner);
        record(receipt(refiner, dispatched, false), dispatched);
        assertEq(ledger.lotState(dispatched.lots[0].lot).custodian, miner);
    }

    function test_suspended_consignor_still_recalls() public {
        Dispatch memory dispatched = sent();
        suspend(miner);
        vm.warp(dispatched.recallFrom);
        record(receipt(miner, dispatched, false), dispatched);
        assertEq(uint256(ledger.lotState(dispatched.lots[0].lot).status), uint256(LotStatus.Held));
    }

    // ── Attestation ──

    function test_attestation_refused_PartyUnknown() public {
        Attestation memory statement = attestation(FacilityId.unwrap(mine));
        statement.auditor = stranger;
        refuse(statement, unknown(stranger));
    }

    function test_attestation_refused_PartyIsSuspended() public {
        refuse(attestation(FacilityId.unwrap(mine)), suspended(auditor));
    }

    function test_attestation_refused_StatementExpired() public {
        Attestation memory statement = attestation(FacilityId.unwrap(mine));
        refuse(statement, expired(statement.recordBy));
    }

    // ── Revocation ──

    function test_revocation_refused_StatementExpired() public {
        Attestation memory revoked = attested();
        Revocation memory statement = revocation(auditor, revoked);
        refuse(statement, revoked, expired(statement.recordBy));
    }

    function test_revocation_by_the_registrar_refused_StatementExpired() public {
        Attestation memory revoked = attested();
        Revocation memory statement = revocation(registrar, revoked);
        refuse(statement, revoked, expired(statement.recordBy));
    }

    function test_suspended_auditor_still_revokes() public {
        Attestation memory revoked = attested();
        suspend(auditor);
        record(revocation(auditor, revoked), revoked);
        assertEq(ledger.attestationState(idOf(revoked)).endsAt, START);
    }

    function test_reinstated_party_signs_again() public {
        suspend(miner);
        vm.prank(registrar);
        ledger.reinstate(miner, 0);
        Lot memory ore = mined(KG);
        assertEq(ledger.lotState(ore.id).custodian, miner);
    }
}
