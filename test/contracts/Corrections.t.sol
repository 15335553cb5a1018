// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Process} from "../../contracts/Codes.sol";
import {
    Correction,
    FacilityId,
    LotId,
    LotState,
    LotStatus,
    LotTrace,
    Output,
    Production,
    RetirementState,
    StatementId
} from "../../contracts/Types.sol";
import {ILots} from "../../contracts/interfaces/ILots.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Base} from "./Base.sol";
import {Lot} from "./Scribe.sol";

/// @notice A correction restores exactly what was: outputs void, inputs held again, quota free again.
contract CorrectionsTest is Base {
    function used(FacilityId facility, bool isRecycled) internal view returns (uint256) {
        return ledger.quota(facility, COBALT, isRecycled, YEAR).used;
    }

    function assertLot(Lot memory lot, LotStatus status, LotTrace trace, bytes32 head) internal view {
        LotState memory state = ledger.lotState(lot.id);
        assertEq(uint256(state.status), uint256(status), "status");
        assertEq(uint256(state.trace), uint256(trace), "trace");
        assertEq(ledger.head(lot.id), head, "head");
    }

    function blend(Lot[] memory inputs, uint64 cobalt) internal view returns (Production memory) {
        return production(miner, mine, Process.BLEND, inputs, yielding(goods(10 * KG, primaryCobalt(cobalt))));
    }

    function retirement(Lot[] memory inputs) internal view returns (Production memory) {
        return production(miner, mine, Process.RETIRE, inputs, new Output[](0));
    }

    // ── What it undoes ──

    function test_origin_is_void_and_its_quota_free() public {
        Output[] memory made = yielding(goods(9 * KG, primaryCobalt(2 * KG)), goods(9 * KG, primaryCobalt(3 * KG)));
        Production memory corrected = production(miner, mine, Process.EXTRACT, none(), made);
        StatementId production = record(corrected, none());
        assertEq(used(mine, false), 5 * KG);
        vm.warp(START + 1 hours);
        Correction memory statement = correction(corrected);
        StatementId id = idOf(statement);
        bytes memory authority = signed(miner, id);
        vm.expectEmit(address(ledger));
        emit ILots.CorrectionRecorded(id, statement, miner, authority);
        assertEq(
            StatementId.unwrap(ledger.recordCorrection(statement, corrected, birthsOf(none()), authority)),
            StatementId.unwrap(id)
        );
        for (uint256 i; i < 2; ++i) {
            Lot memory lot = bornOf(corrected, production, i);
            assertLot(lot, LotStatus.Void, LotTrace.None, LotId.unwrap(lot.id));
            assertEq(ledger.lotState(lot.id).custodian, miner);
            assertEq(ledger.lotState(lot.id).occurredAt, START + 1 hours);
            assertEq(ledger.lotState(lot.id).recordedAt, START);
        }
        assertEq(used(mine, false), 0);
    }

    function test_transformation_gives_its_inputs_back() public {
        Lot[] memory ores = two(mined(KG), mined(2 * KG));
        Production memory corrected = blend(ores, 3 * KG);
        Lot memory blended = bornOf(corrected, record(corrected, ores), 0);
        vm.warp(START + 1 hours);
        StatementId id = record(correction(corrected), corrected, ores);
        assertLot(blended, LotStatus.Void, LotTrace.None, LotId.unwrap(blended.id));
        for (uint256 i; i < 2; ++i) {
            assertLot(ores[i], LotStatus.Held, LotTrace.Corrected, StatementId.unwrap(id));
            assertEq(ledger.lotState(ores[i].id).custodian, miner);
            assertEq(ledger.lotState(ores[i].id).occurredAt, START + 1 hours);
            assertEq(ledger.lotState(ores[i].id).recordedAt, START);
        }
        assertEq(used(mine, false), 3 * KG);
    }

    function test_conversion_at_a_recycler_gives_its_quota_back() public {
        Output[] memory made = yielding(goods(50 * KG, primaryCobalt(20 * KG)));
        Production memory stock = production(recycler, recyclingPlant, Process.DECLARE, none(), made);
        Lot[] memory old = one(bornOf(stock, record(stock, none()), 0));
        made = yielding(goods(40 * KG, mixedCobalt(5 * KG, 8 * KG)), goods(40 * KG, recycledCobalt(4 * KG)));
        Production memory converted = production(recycler, recyclingPlant, Process.RECYCLE, old, made);
        record(converted, old);
        assertEq(used(recyclingPlant, true), 12 * KG);
        record(correction(converted), converted, old);
        assertEq(used(recyclingPlant, true), 0);
        assertEq(used(recyclingPlant, false), 0);
    }

    function test_declaration_had_used_no_quota() public {
        Output[] memory made = yielding(goods(50 * KG, primaryCobalt(20 * KG)));
        Production memory stock = production(miner, mine, Process.DECLARE, none(), made);
        mined(7 * KG);
        record(stock, none());
        record(correction(stock), stock, none());
        assertEq(used(mine, false), 7 * KG);
    }

    function test_quota_is_given_back_to_the_year_of_the_production() public {
        uint40 newYear = 1_798_761_600;
        vm.warp(newYear);
        vm.prank(registrar);
        ledger.grantQuota(mine, COBALT, false, YEAR + 1, 9 * KG, 0);
        Production memory late = extraction(2 * KG);
        record(late, none());
        late.occurredAt = newYear - 1;
        record(late, none());
        record(correction(late), late, none());
        assertEq(used(mine, false), 0);
        assertEq(ledger.quota(mine, COBALT, false, YEAR + 1).used, 2 * KG);
    }

    function test_retirement_gives_its_inputs_back() public {
        Lot[] memory ore = one(mined(KG));
        Production memory retired = retirement(ore);
        assertEq(uint256(ledger.retirementState(idOf(retired))), uint256(RetirementState.None));
        record(retired, ore);
        assertEq(uint256(ledger.retirementState(idOf(retired))), uint256(RetirementState.Recorded));
        StatementId id = record(correction(retired), retired, ore);
        assertEq(uint256(ledger.retirementState(idOf(retired))), uint256(RetirementState.Corrected));
        assertLot(ore[0], LotStatus.Held, LotTrace.Corrected, StatementId.unwrap(id));
    }

    function test_production_with_outputs_is_no_retirement() public {
        Lot[] memory ore = one(mined(KG));
        StatementId id = record(blend(ore, KG), ore);
        assertEq(uint256(ledger.retirementState(id)), uint256(RetirementState.None));
    }

    // ── Afterwards ──

    function test_restored_lot_is_spent_and_sent_again() public {
        Lot[] memory ores = two(mined(KG), mined(KG));
        Production memory corrected = blend(ores, 2 * KG);
        record(corrected, ores);
        StatementId id = record(correction(corrected), corrected, ores);
        Production memory again = blend(one(ores[0]), KG);
        assertEq(again.inputs[0].head, StatementId.unwrap(id));
        record(again, one(ores[0]));
        moved(ores[1], mine, refinery);
        assertEq(uint256(ledger.lotState(ores[1].id).trace), uint256(LotTrace.Dispatched));
    }

    function test_lot_that_had_been_moved_stays_moved() public {
        Lot[] memory ore = one(mined(KG));
        moved(ore[0], mine, refinery);
        Output[] memory made = yielding(goods(10 * KG, primaryCobalt(KG)));
        Production memory refined = production(refiner, refinery, Process.REFINE, ore, made);
        record(refined, ore);
        StatementId id = record(correction(refined), refined, ore);
        assertLot(ore[0], LotStatus.Held, LotTrace.Dispatched, StatementId.unwrap(id));
    }

    /// @dev Each correction gives back what the next one needs: the last voids the ore itself.
    function test_chain_is_undone_from_its_end() public {
        Production memory first = extraction(5 * KG);
        Lot[] memory ore = one(bornOf(first, record(first, none()), 0));
        Production memory second = blend(ore, 4 * KG);
        Lot[] memory blended = one(bornOf(second, record(second, ore), 0));
        Production memory third = retirement(blended);
        record(third, blended);
        bytes memory refusal = abi.encodeWithSelector(ILots.OutputMoved.selector, blended[0].id);
        refuse(correction(second), second, ore, refusal);
        StatementId head = record(correction(third), third, blended);
        assertLot(blended[0], LotStatus.Held, LotTrace.Corrected, StatementId.unwrap(head));
        record(correction(second), second, ore);
        assertLot(blended[0], LotStatus.Void, LotTrace.Corrected, StatementId.unwrap(head));
        record(correction(first), first, none());
        assertEq(uint256(ledger.lotState(ore[0].id).status), uint256(LotStatus.Void));
        assertEq(used(mine, false), 0);
    }

    function test_origin_is_not_born_again() public {
        Production memory corrected = extraction(KG);
        StatementId id = record(corrected, none());
        record(correction(corrected), corrected, none());
        refuse(corrected, none(), abi.encodeWithSelector(IParties.StatementAlreadyRecorded.selector, id));
    }

    function test_transformation_is_not_recorded_again() public {
        Lot[] memory ore = one(mined(KG));
        Production memory corrected = blend(ore, KG);
        StatementId id = record(corrected, ore);
        record(correction(corrected), corrected, ore);
        refuse(corrected, ore, abi.encodeWithSelector(IParties.StatementAlreadyRecorded.selector, id));
    }

    function test_retirement_is_not_recorded_again() public {
        Lot[] memory ore = one(mined(KG));
        Production memory corrected = retirement(ore);
        StatementId id = record(corrected, ore);
        record(correction(corrected), corrected, ore);
        refuse(corrected, ore, abi.encodeWithSelector(IParties.StatementAlreadyRecorded.selector, id));
    }

    function test_what_was_drafted_for_the_old_head_is_stale() public {
        Lot[] memory ore = one(mined(KG));
        Production memory draft = retirement(ore);
        Production memory corrected = blend(ore, KG);
        record(corrected, ore);
        StatementId id = record(correction(corrected), corrected, ore);
        bytes memory refusal = abi.encodeWithSelector(
            ILots.HeadStale.selector, ore[0].id, StatementId.unwrap(id), LotId.unwrap(ore[0].id)
        );
        refuse(draft, ore, refusal);
    }

    function test_void_lot_refused_LotIsVoid() public {
        Production memory corrected = extraction(KG);
        Lot[] memory ore = one(bornOf(corrected, record(corrected, none()), 0));
        record(correction(corrected), corrected, none());
        bytes memory refusal = abi.encodeWithSelector(ILots.LotIsVoid.selector, ore[0].id);
        refuse(dispatch(ore, mine, refinery), refusal);
        refuse(retirement(ore), ore, refusal);
    }

    function test_auditor_still_attests_to_a_void_lot() public {
        Production memory corrected = extraction(KG);
        Lot memory ore = bornOf(corrected, record(corrected, none()), 0);
        record(correction(corrected), corrected, none());
        StatementId id = record(attestation(LotId.unwrap(ore.id)));
        assertEq(ledger.attestationState(id).auditor, auditor);
    }
}
