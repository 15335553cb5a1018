// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Process} from "../../contracts/Codes.sol";
import {Output, Production} from "../../contracts/Types.sol";
import {IFacilities} from "../../contracts/interfaces/IFacilities.sol";
import {ILots} from "../../contracts/interfaces/ILots.sol";
import {Base} from "./Base.sol";
import {Lot} from "./Scribe.sol";

/// @notice No milligram of a pair comes out that did not go in; a recycler converts primary within its quota.
contract ConservationTest is Base {
    function scrap(uint64 milligrams) private returns (Lot memory) {
        Output[] memory made = yielding(goods(10 * milligrams, recycledCobalt(milligrams)));
        Production memory statement = production(recycler, recyclingPlant, Process.COLLECT, none(), made);
        return bornOf(statement, record(statement, none()), 0);
    }

    function declared(uint64 milligrams) private returns (Lot memory) {
        Output[] memory made = yielding(goods(10 * milligrams, primaryCobalt(milligrams)));
        Production memory statement = production(recycler, recyclingPlant, Process.DECLARE, none(), made);
        return bornOf(statement, record(statement, none()), 0);
    }

    function recycle(Lot[] memory inputs, Output[] memory made) private view returns (Production memory) {
        return production(recycler, recyclingPlant, Process.RECYCLE, inputs, made);
    }

    function blend(Lot[] memory inputs, Output[] memory made) private view returns (Production memory) {
        return production(miner, mine, Process.BLEND, inputs, made);
    }

    function moreOut(uint8 material, bool isRecycled, uint256 inMilligrams, uint256 outMilligrams)
        private
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(
            ILots.MoreOutThanIn.selector, material, isRecycled, inMilligrams, outMilligrams
        );
    }

    // ── Anywhere ──

    function test_splits_without_loss() public {
        Lot[] memory ore = one(mined(10 * KG));
        Output[] memory made = yielding(goods(9 * KG, primaryCobalt(4 * KG)), goods(9 * KG, primaryCobalt(6 * KG)));
        record(production(miner, mine, Process.SPLIT, ore, made), ore);
    }

    function test_loses() public {
        Lot[] memory ore = one(mined(10 * KG));
        record(blend(ore, yielding(goods(9 * KG, primaryCobalt(1)))), ore);
    }

    function test_uses_no_quota() public {
        Lot[] memory ore = one(mined(10 * KG));
        record(blend(ore, yielding(goods(10 * KG, primaryCobalt(10 * KG)))), ore);
        assertEq(ledger.quota(mine, COBALT, false, YEAR).used, 10 * KG);
    }

    function test_refused_MoreOutThanIn_primary() public {
        Lot[] memory ore = one(mined(10 * KG));
        Production memory statement = blend(ore, yielding(goods(20 * KG, primaryCobalt(10 * KG + 1))));
        refuse(statement, ore, moreOut(COBALT, false, 10 * KG, 10 * KG + 1));
    }

    function test_refused_MoreOutThanIn_over_all_inputs_and_outputs() public {
        Lot[] memory ores = two(mined(3 * KG), mined(4 * KG));
        Output[] memory made = yielding(goods(9 * KG, primaryCobalt(7 * KG)), goods(9 * KG, primaryCobalt(1)));
        refuse(blend(ores, made), ores, moreOut(COBALT, false, 7 * KG, 7 * KG + 1));
    }

    function test_refused_MoreOutThanIn_other_material() public {
        Lot[] memory ore = one(mined(10 * KG));
        Production memory statement = blend(ore, yielding(goods(20 * KG, contentOf(NICKEL, false, 1))));
        refuse(statement, ore, moreOut(NICKEL, false, 0, 1));
    }

    function test_refused_MoreOutThanIn_recycled_from_primary() public {
        Lot[] memory ore = one(mined(10 * KG));
        Production memory statement = blend(ore, yielding(goods(20 * KG, recycledCobalt(1))));
        refuse(statement, ore, moreOut(COBALT, true, 0, 1));
    }

    function test_refused_MoreOutThanIn_primary_from_recycled() public {
        Lot[] memory old = one(scrap(10 * KG));
        Production memory statement = recycle(old, yielding(goods(20 * KG, primaryCobalt(1))));
        refuse(statement, old, moreOut(COBALT, false, 0, 1));
    }

    function test_refused_MoreOutThanIn_highest_material() public {
        Lot[] memory ore = one(mined(10 * KG));
        Production memory statement = blend(ore, yielding(goods(20 * KG, contentOf(255, true, 1))));
        refuse(statement, ore, moreOut(255, true, 0, 1));
    }

    // ── At a recycler ──

    function test_recycler_converts_within_its_quota() public {
        Lot[] memory inputs = two(scrap(10 * KG), declared(20 * KG));
        record(recycle(inputs, yielding(goods(40 * KG, mixedCobalt(5 * KG, 25 * KG)))), inputs);
        assertEq(ledger.quota(recyclingPlant, COBALT, true, YEAR).used, 10 * KG + 15 * KG);
    }

    function test_recycler_converts_over_several_outputs() public {
        Lot[] memory inputs = two(scrap(10 * KG), declared(20 * KG));
        Output[] memory made = yielding(goods(40 * KG, recycledCobalt(17 * KG)), goods(40 * KG, mixedCobalt(KG, KG)));
        record(recycle(inputs, made), inputs);
        assertEq(ledger.quota(recyclingPlant, COBALT, true, YEAR).used, 10 * KG + 8 * KG);
    }

    function test_recycler_without_conversion_uses_no_quota() public {
        Lot[] memory inputs = two(scrap(10 * KG), declared(20 * KG));
        record(recycle(inputs, yielding(goods(40 * KG, mixedCobalt(20 * KG, 9 * KG)))), inputs);
        assertEq(ledger.quota(recyclingPlant, COBALT, true, YEAR).used, 10 * KG);
    }

    function test_recycler_refused_MoreOutThanIn_converting_more_than_primary_left() public {
        Lot[] memory inputs = two(scrap(10 * KG), declared(20 * KG));
        Production memory statement = recycle(inputs, yielding(goods(40 * KG, mixedCobalt(5 * KG, 25 * KG + 1))));
        refuse(statement, inputs, moreOut(COBALT, true, 25 * KG, 25 * KG + 1));
    }

    function test_recycler_refused_MoreOutThanIn_primary() public {
        Lot[] memory inputs = two(scrap(10 * KG), declared(20 * KG));
        Production memory statement = recycle(inputs, yielding(goods(40 * KG, mixedCobalt(20 * KG + 1, 1))));
        refuse(statement, inputs, moreOut(COBALT, false, 20 * KG, 20 * KG + 1));
    }

    function test_recycler_refused_QuotaExceeded() public {
        grant(recyclingPlant, COBALT, true, 12 * KG);
        Lot[] memory inputs = two(scrap(10 * KG), declared(20 * KG));
        Production memory statement = recycle(inputs, yielding(goods(40 * KG, recycledCobalt(12 * KG + 1))));
        bytes memory refusal = abi.encodeWithSelector(
            IFacilities.QuotaExceeded.selector, recyclingPlant, COBALT, true, YEAR, 2 * KG, 2 * KG + 1
        );
        refuse(statement, inputs, refusal);
    }
}
