// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Process} from "../../contracts/Codes.sol";
import {Content, FacilityId, Output, Production} from "../../contracts/Types.sol";
import {IFacilities} from "../../contracts/interfaces/IFacilities.sol";
import {ILots} from "../../contracts/interfaces/ILots.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Base} from "./Base.sol";
import {Lot} from "./Scribe.sol";

/// @notice What makes a production well-formed, and where and when it may happen.
contract ProductionTest is Base {
    function with(Content[] memory pairs) private view returns (Production memory) {
        return production(miner, mine, Process.EXTRACT, none(), yielding(goods(10 * KG, pairs)));
    }

    function pairsOf(Content memory first, Content memory second) private pure returns (Content[] memory pairs) {
        pairs = new Content[](2);
        (pairs[0], pairs[1]) = (first, second);
    }

    // ── Codes ──

    function test_refused_ProcessUnknown_below() public {
        Production memory statement = extraction(KG);
        statement.process = 0;
        refuse(statement, none(), abi.encodeWithSelector(ILots.ProcessUnknown.selector, 0));
    }

    function test_refused_ProcessUnknown_above() public {
        Production memory statement = extraction(KG);
        statement.process = 14;
        refuse(statement, none(), abi.encodeWithSelector(ILots.ProcessUnknown.selector, 14));
    }

    function test_refused_CustodyModelUnknown_below() public {
        Production memory statement = extraction(KG);
        statement.custodyModel = 0;
        refuse(statement, none(), abi.encodeWithSelector(ILots.CustodyModelUnknown.selector, 0));
    }

    function test_refused_CustodyModelUnknown_above() public {
        Production memory statement = extraction(KG);
        statement.custodyModel = 6;
        refuse(statement, none(), abi.encodeWithSelector(ILots.CustodyModelUnknown.selector, 6));
    }

    function test_refused_CommodityUnknown_below() public {
        Production memory statement = extraction(KG);
        statement.outputs[0].commodity = 0;
        refuse(statement, none(), abi.encodeWithSelector(ILots.CommodityUnknown.selector, 0));
    }

    function test_refused_CommodityUnknown_above() public {
        Production memory statement = extraction(KG);
        statement.outputs[0].commodity = 1_000_000;
        refuse(statement, none(), abi.encodeWithSelector(ILots.CommodityUnknown.selector, 1_000_000));
    }

    // ── Inputs and outputs that the process calls for ──

    function test_refused_ProcessInputsMismatch_origin_with_inputs() public {
        Lot memory ore = mined(KG);
        Production memory statement =
            production(miner, mine, Process.DECLARE, one(ore), yielding(goods(KG, primaryCobalt(KG))));
        bytes memory refusal = abi.encodeWithSelector(ILots.ProcessInputsMismatch.selector, Process.DECLARE, 1);
        refuse(statement, one(ore), refusal);
    }

    function test_refused_ProcessInputsMismatch_other_without_inputs() public {
        Production memory statement = extraction(KG);
        statement.process = Process.REFINE;
        bytes memory refusal = abi.encodeWithSelector(ILots.ProcessInputsMismatch.selector, Process.REFINE, 0);
        refuse(statement, none(), refusal);
    }

    function test_refused_ProcessOutputsMismatch_retired_with_outputs() public {
        Lot memory ore = mined(KG);
        Production memory statement =
            production(miner, mine, Process.RETIRE, one(ore), yielding(goods(KG, primaryCobalt(KG))));
        bytes memory refusal = abi.encodeWithSelector(ILots.ProcessOutputsMismatch.selector, Process.RETIRE, 1);
        refuse(statement, one(ore), refusal);
    }

    function test_refused_ProcessOutputsMismatch_other_without_outputs() public {
        Production memory statement = extraction(KG);
        statement.outputs = new Output[](0);
        bytes memory refusal = abi.encodeWithSelector(ILots.ProcessOutputsMismatch.selector, Process.EXTRACT, 0);
        refuse(statement, none(), refusal);
    }

    // ── Masses and contents ──

    function test_refused_MassZero() public {
        Output memory empty = goods(0, new Content[](0));
        Production memory statement = production(
            miner, mine, Process.EXTRACT, none(), yielding(goods(KG, primaryCobalt(KG)), empty)
        );
        refuse(statement, none(), abi.encodeWithSelector(ILots.MassZero.selector, 1));
    }

    function test_refused_MassTooLarge() public {
        Production memory statement = extraction(KG);
        statement.outputs[0].milligrams = MAX_MILLIGRAMS + 1;
        refuse(statement, none(), abi.encodeWithSelector(IFacilities.MassTooLarge.selector, MAX_MILLIGRAMS + 1));
    }

    function test_refused_MassTooLarge_in_content() public {
        bytes memory refusal = abi.encodeWithSelector(IFacilities.MassTooLarge.selector, MAX_MILLIGRAMS + 1);
        refuse(with(primaryCobalt(MAX_MILLIGRAMS + 1)), none(), refusal);
    }

    function test_refused_MaterialUnknown() public {
        bytes memory refusal = abi.encodeWithSelector(IFacilities.MaterialUnknown.selector, 119);
        refuse(with(contentOf(119, false, KG)), none(), refusal);
    }

    function test_refused_ContentZero() public {
        Content[] memory pairs = pairsOf(Content(COBALT, false, KG), Content(NICKEL, false, 0));
        refuse(with(pairs), none(), abi.encodeWithSelector(ILots.ContentZero.selector, 0, 1));
    }

    function test_refused_ContentUnsorted_by_material() public {
        Content[] memory pairs = pairsOf(Content(NICKEL, false, KG), Content(COBALT, false, KG));
        refuse(with(pairs), none(), abi.encodeWithSelector(ILots.ContentUnsorted.selector, 0, 1));
    }

    function test_refused_ContentUnsorted_recycled_before_primary() public {
        Content[] memory pairs = pairsOf(Content(COBALT, true, KG), Content(COBALT, false, KG));
        Lot[] memory ore = one(mined(KG));
        Production memory statement =
            production(miner, mine, Process.BLEND, ore, yielding(goods(10 * KG, pairs)));
        refuse(statement, ore, abi.encodeWithSelector(ILots.ContentUnsorted.selector, 0, 1));
    }

    function test_refused_ContentUnsorted_pair_twice() public {
        Content[] memory pairs = pairsOf(Content(COBALT, false, KG), Content(COBALT, false, KG));
        refuse(with(pairs), none(), abi.encodeWithSelector(ILots.ContentUnsorted.selector, 0, 1));
    }

    function test_refused_ContentExceedsMass() public {
        Content[] memory pairs = pairsOf(Content(COBALT, false, 6 * KG), Content(NICKEL, false, 4 * KG + 1));
        bytes memory refusal = abi.encodeWithSelector(ILots.ContentExceedsMass.selector, 0, 10 * KG + 1, 10 * KG);
        refuse(with(pairs), none(), refusal);
    }

    function test_content_may_be_empty() public {
        record(with(new Content[](0)), none());
    }

    // ── Where ──

    function test_refused_FacilityUnknown() public {
        Production memory statement = extraction(KG);
        statement.facility = FacilityId.wrap(keccak256("nowhere"));
        refuse(statement, none(), abi.encodeWithSelector(IFacilities.FacilityUnknown.selector, statement.facility));
    }

    function test_refused_FacilityNotOperatedBy() public {
        Production memory statement = extraction(KG);
        statement.facility = refinery;
        bytes memory refusal =
            abi.encodeWithSelector(IFacilities.FacilityNotOperatedBy.selector, refinery, refiner, miner);
        refuse(statement, none(), refusal);
    }

    // ── When ──

    function test_refused_OccurredTooLongAgo() public {
        Production memory statement = extraction(KG);
        uint40 earliest = START - 90 days;
        statement.occurredAt = earliest - 1;
        bytes memory refusal = abi.encodeWithSelector(ILots.OccurredTooLongAgo.selector, earliest, earliest - 1);
        refuse(statement, none(), refusal);
    }

    function test_refused_OccurredInFuture() public {
        Production memory statement = extraction(KG);
        uint40 latest = START + 15 minutes;
        statement.occurredAt = latest + 1;
        bytes memory refusal = abi.encodeWithSelector(IParties.OccurredInFuture.selector, latest, latest + 1);
        refuse(statement, none(), refusal);
    }

    function test_occurredAt_at_either_edge() public {
        Production memory statement = extraction(KG);
        statement.occurredAt = START - 90 days;
        record(statement, none());
        statement.occurredAt = START + 15 minutes;
        record(statement, none());
    }

    // ── Once ──

    function test_origin_refused_StatementAlreadyRecorded() public {
        Production memory statement = extraction(KG);
        record(statement, none());
        bytes memory refusal = abi.encodeWithSelector(IParties.StatementAlreadyRecorded.selector, idOf(statement));
        refuse(statement, none(), refusal);
    }

    function test_transformation_refused_StatementAlreadyRecorded() public {
        Lot[] memory ore = one(mined(KG));
        Output[] memory made = yielding(goods(KG, primaryCobalt(KG)));
        Production memory statement = production(miner, mine, Process.BLEND, ore, made);
        record(statement, ore);
        bytes memory refusal = abi.encodeWithSelector(IParties.StatementAlreadyRecorded.selector, idOf(statement));
        refuse(statement, ore, refusal);
    }
}
