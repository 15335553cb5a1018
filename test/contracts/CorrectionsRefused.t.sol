// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FacilityKind, Process} from "../../contracts/Codes.sol";
import {
    Correction,
    Dispatch,
    LotId,
    LotStatus,
    LotTrace,
    Output,
    Production,
    StatementId
} from "../../contracts/Types.sol";
import {ILots} from "../../contracts/interfaces/ILots.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Base} from "./Base.sol";
import {Lot} from "./Scribe.sol";

/// @notice What no correction may undo.
contract CorrectionsRefusedTest is Base {
    function blend(Lot[] memory inputs) private view returns (Production memory) {
        Output[] memory made = yielding(goods(10 * KG, primaryCobalt(1)), goods(10 * KG, primaryCobalt(2)));
        return production(miner, mine, Process.BLEND, inputs, made);
    }

    function blended() private returns (Production memory statement, Lot[] memory inputs) {
        inputs = one(mined(KG));
        statement = blend(inputs);
        record(statement, inputs);
    }

    function retired() private returns (Production memory statement, Lot[] memory inputs) {
        inputs = one(mined(KG));
        statement = production(miner, mine, Process.RETIRE, inputs, new Output[](0));
        record(statement, inputs);
    }

    function refuseMoved(Production memory corrected, Lot[] memory inputs, Lot memory output) private {
        bytes memory refusal = abi.encodeWithSelector(ILots.OutputMoved.selector, output.id);
        refuse(correction(corrected), corrected, inputs, refusal);
        assertEq(uint256(ledger.lotState(inputs[0].id).status), uint256(LotStatus.Spent));
    }

    // ── Which production ──

    function test_refused_ProductionUnknown() public {
        Lot[] memory ore = one(mined(KG));
        Production memory never = blend(ore);
        bytes memory refusal = abi.encodeWithSelector(ILots.ProductionUnknown.selector, idOf(never));
        refuse(correction(never), never, ore, refusal);
    }

    function test_refused_ProductionUnknown_retirement() public {
        Lot[] memory ore = one(mined(KG));
        Production memory never = production(miner, mine, Process.RETIRE, ore, new Output[](0));
        bytes memory refusal = abi.encodeWithSelector(ILots.ProductionUnknown.selector, idOf(never));
        refuse(correction(never), never, ore, refusal);
    }

    function test_refused_ProductionIsCorrected() public {
        (Production memory corrected, Lot[] memory inputs) = blended();
        Correction memory statement = correction(corrected);
        record(statement, corrected, inputs);
        bytes memory refusal = abi.encodeWithSelector(ILots.ProductionIsCorrected.selector, idOf(corrected));
        refuse(statement, corrected, inputs, refusal);
        statement.evidence = keccak256("another");
        refuse(statement, corrected, inputs, refusal);
    }

    function test_refused_ProductionIsCorrected_retirement() public {
        (Production memory corrected, Lot[] memory inputs) = retired();
        record(correction(corrected), corrected, inputs);
        bytes memory refusal = abi.encodeWithSelector(ILots.ProductionIsCorrected.selector, idOf(corrected));
        refuse(correction(corrected), corrected, inputs, refusal);
    }

    // ── Outputs that moved ──

    function test_refused_OutputMoved_spent() public {
        (Production memory corrected, Lot[] memory inputs) = blended();
        Lot memory output = bornOf(corrected, idOf(corrected), 0);
        Production memory next = production(miner, mine, Process.RETIRE, one(output), new Output[](0));
        record(next, one(output));
        refuseMoved(corrected, inputs, output);
    }

    function test_refused_OutputMoved_in_transit() public {
        (Production memory corrected, Lot[] memory inputs) = blended();
        Lot memory output = bornOf(corrected, idOf(corrected), 0);
        record(dispatch(one(output), mine, refinery));
        refuseMoved(corrected, inputs, output);
    }

    function test_refused_OutputMoved_the_last_one_only() public {
        (Production memory corrected, Lot[] memory inputs) = blended();
        Lot memory output = bornOf(corrected, idOf(corrected), 1);
        record(dispatch(one(output), mine, refinery));
        refuseMoved(corrected, inputs, output);
        Lot memory first = bornOf(corrected, idOf(corrected), 0);
        assertEq(uint256(ledger.lotState(first.id).status), uint256(LotStatus.Held));
    }

    function test_refused_OutputMoved_received_by_another() public {
        (Production memory corrected, Lot[] memory inputs) = blended();
        Lot memory output = bornOf(corrected, idOf(corrected), 0);
        moved(output, mine, refinery);
        refuseMoved(corrected, inputs, output);
    }

    function test_refused_OutputMoved_back_home() public {
        (Production memory corrected, Lot[] memory inputs) = blended();
        Lot memory output = bornOf(corrected, idOf(corrected), 0);
        Dispatch memory sent = dispatch(one(output), mine, refinery);
        record(sent);
        record(receipt(refiner, sent, false), sent);
        assertEq(uint256(ledger.lotState(output.id).trace), uint256(LotTrace.Dispatched));
        refuseMoved(corrected, inputs, output);
    }

    function test_refused_OutputMoved_between_own_sites() public {
        (Production memory corrected, Lot[] memory inputs) = blended();
        Lot memory output = bornOf(corrected, idOf(corrected), 0);
        moved(output, mine, registered(miner, FacilityKind.STORAGE));
        refuseMoved(corrected, inputs, output);
    }

    // ── By whom ──

    function test_refused_CorrectionNotByAuthor() public {
        (Production memory corrected, Lot[] memory inputs) = blended();
        Correction memory statement = correction(corrected);
        statement.author = maker;
        refuse(
            statement, corrected, inputs, abi.encodeWithSelector(ILots.CorrectionNotByAuthor.selector, miner, maker)
        );
    }

    function test_refused_PartyUnknown() public {
        (Production memory corrected, Lot[] memory inputs) = blended();
        Correction memory statement = correction(corrected);
        statement.author = stranger;
        refuse(statement, corrected, inputs, abi.encodeWithSelector(IParties.PartyUnknown.selector, stranger));
    }

    function test_refused_PartyIsSuspended() public {
        (Production memory corrected, Lot[] memory inputs) = blended();
        suspend(miner);
        bytes memory refusal = abi.encodeWithSelector(IParties.PartyIsSuspended.selector, miner);
        refuse(correction(corrected), corrected, inputs, refusal);
    }

    // ── Witnesses ──

    function test_refused_WitnessMismatch_changed() public {
        (Production memory corrected, Lot[] memory inputs) = blended();
        Correction memory statement = correction(corrected);
        StatementId expected = idOf(corrected);
        corrected.outputs[1].evidence = keccak256("another assay");
        bytes memory refusal = abi.encodeWithSelector(IParties.WitnessMismatch.selector, expected, idOf(corrected));
        refuse(statement, corrected, inputs, refusal);
    }

    function test_refused_WitnessMismatch_another_production() public {
        (Production memory corrected, Lot[] memory inputs) = blended();
        (Production memory other,) = retired();
        Correction memory statement = correction(corrected);
        bytes memory refusal =
            abi.encodeWithSelector(IParties.WitnessMismatch.selector, idOf(corrected), idOf(other));
        refuse(statement, other, inputs, refusal);
    }

    /// @dev Without an output, what it hid would stay held.
    function test_refused_WitnessMismatch_output_left_out() public {
        (Production memory corrected, Lot[] memory inputs) = blended();
        Correction memory statement = correction(corrected);
        StatementId expected = idOf(corrected);
        corrected.outputs = yielding(corrected.outputs[0]);
        bytes memory refusal = abi.encodeWithSelector(IParties.WitnessMismatch.selector, expected, idOf(corrected));
        refuse(statement, corrected, inputs, refusal);
    }

    function test_refused_BirthsMissing() public {
        (Production memory corrected,) = blended();
        refuse(
            correction(corrected), corrected, none(), abi.encodeWithSelector(ILots.BirthsMissing.selector, 1, 0)
        );
    }

    function test_refused_BirthsMissing_one_too_many() public {
        Production memory corrected = extraction(KG);
        Lot memory ore = bornOf(corrected, record(corrected, none()), 0);
        refuse(
            correction(corrected), corrected, one(ore), abi.encodeWithSelector(ILots.BirthsMissing.selector, 0, 1)
        );
    }

    function test_refused_BirthMismatch() public {
        (Production memory corrected, Lot[] memory inputs) = blended();
        Lot memory other = mined(9 * KG);
        bytes memory refusal = abi.encodeWithSelector(ILots.BirthMismatch.selector, inputs[0].id, other.id);
        refuse(correction(corrected), corrected, one(other), refusal);
    }

    // ── Time ──

    function test_refused_OccurredBeforeLot_output() public {
        (Production memory corrected, Lot[] memory inputs) = blended();
        Correction memory statement = correction(corrected);
        statement.occurredAt = START - 1;
        LotId output = bornOf(corrected, idOf(corrected), 0).id;
        bytes memory refusal =
            abi.encodeWithSelector(ILots.OccurredBeforeLot.selector, output, START, START - 1);
        refuse(statement, corrected, inputs, refusal);
    }

    function test_refused_OccurredBeforeLot_input_of_a_retirement() public {
        (Production memory corrected, Lot[] memory inputs) = retired();
        Correction memory statement = correction(corrected);
        statement.occurredAt = START - 1;
        bytes memory refusal =
            abi.encodeWithSelector(ILots.OccurredBeforeLot.selector, inputs[0].id, START, START - 1);
        refuse(statement, corrected, inputs, refusal);
    }

    function test_recorded_at_the_instant_of_the_production() public {
        (Production memory corrected, Lot[] memory inputs) = blended();
        record(correction(corrected), corrected, inputs);
    }

    function test_refused_OccurredTooLongAgo() public {
        (Production memory corrected, Lot[] memory inputs) = blended();
        vm.warp(START + 91 days);
        Correction memory statement = correction(corrected);
        statement.occurredAt = START;
        bytes memory refusal =
            abi.encodeWithSelector(ILots.OccurredTooLongAgo.selector, uint256(START) + 1 days, START);
        refuse(statement, corrected, inputs, refusal);
    }

    function test_refused_OccurredInFuture() public {
        (Production memory corrected, Lot[] memory inputs) = blended();
        Correction memory statement = correction(corrected);
        uint40 latest = START + 15 minutes;
        statement.occurredAt = latest + 1;
        bytes memory refusal = abi.encodeWithSelector(IParties.OccurredInFuture.selector, latest, latest + 1);
        refuse(statement, corrected, inputs, refusal);
        statement.occurredAt = latest;
        record(statement, corrected, inputs);
    }
}
