// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FacilityKind, Process} from "../../contracts/Codes.sol";
import {Content, FacilityId, Output, Production} from "../../contracts/Types.sol";
import {IFacilities} from "../../contracts/interfaces/IFacilities.sol";
import {ILots} from "../../contracts/interfaces/ILots.sol";
import {Base} from "./Base.sol";

/// @notice Where material enters the ledger: extraction, collection, declaration, and their quotas.
contract OriginsTest is Base {
    /// @dev 2027-01-01, 00:00 UTC.
    uint40 private constant NEW_YEAR = 1_798_761_600;

    function origin(address party, FacilityId facility, uint8 process, Content[] memory pairs)
        private
        view
        returns (Production memory)
    {
        return production(party, facility, process, none(), yielding(goods(2_000 * KG, pairs)));
    }

    function exceeded(FacilityId facility, bool isRecycled, uint16 year, uint256 available, uint256 wanted)
        private
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(
            IFacilities.QuotaExceeded.selector, facility, COBALT, isRecycled, year, available, wanted
        );
    }

    // ── Which, where ──

    function test_extract_at_an_artisanal_mine() public {
        FacilityId pit = registered(miner, FacilityKind.ARTISANAL_MINE);
        grant(pit, COBALT, false, KG);
        record(origin(miner, pit, Process.EXTRACT, primaryCobalt(KG)), none());
        assertEq(ledger.quota(pit, COBALT, false, YEAR).used, KG);
    }

    function test_extract_refused_OriginNotAtThisFacility() public {
        bytes memory refusal = abi.encodeWithSelector(
            ILots.OriginNotAtThisFacility.selector, Process.EXTRACT, FacilityKind.SMELTER_OR_REFINER
        );
        refuse(origin(refiner, refinery, Process.EXTRACT, primaryCobalt(KG)), none(), refusal);
    }

    function test_collect_refused_OriginNotAtThisFacility() public {
        bytes memory refusal =
            abi.encodeWithSelector(ILots.OriginNotAtThisFacility.selector, Process.COLLECT, FacilityKind.MINE);
        refuse(origin(miner, mine, Process.COLLECT, recycledCobalt(KG)), none(), refusal);
    }

    function test_extract_refused_OriginRecycledMismatch() public {
        bytes memory refusal =
            abi.encodeWithSelector(ILots.OriginRecycledMismatch.selector, Process.EXTRACT, COBALT, true);
        refuse(origin(miner, mine, Process.EXTRACT, mixedCobalt(KG, KG)), none(), refusal);
    }

    function test_declare_refused_OriginRecycledMismatch() public {
        bytes memory refusal =
            abi.encodeWithSelector(ILots.OriginRecycledMismatch.selector, Process.DECLARE, COBALT, true);
        refuse(origin(maker, plant, Process.DECLARE, recycledCobalt(KG)), none(), refusal);
    }

    function test_collect_refused_OriginRecycledMismatch() public {
        bytes memory refusal =
            abi.encodeWithSelector(ILots.OriginRecycledMismatch.selector, Process.COLLECT, COBALT, false);
        refuse(origin(recycler, recyclingPlant, Process.COLLECT, mixedCobalt(KG, KG)), none(), refusal);
    }

    // ── How much ──

    function test_extract_uses_the_quota_to_the_last_milligram() public {
        record(origin(miner, mine, Process.EXTRACT, primaryCobalt(1_000 * KG)), none());
        assertEq(ledger.quota(mine, COBALT, false, YEAR).used, 1_000 * KG);
    }

    function test_collect_uses_the_recycled_quota() public {
        record(origin(recycler, recyclingPlant, Process.COLLECT, recycledCobalt(7 * KG)), none());
        assertEq(ledger.quota(recyclingPlant, COBALT, true, YEAR).used, 7 * KG);
    }

    function test_declare_needs_no_quota() public {
        record(origin(maker, plant, Process.DECLARE, primaryCobalt(1_001 * KG)), none());
        assertEq(ledger.quota(plant, COBALT, false, YEAR).used, 0);
    }

    function test_extract_refused_QuotaExceeded() public {
        mined(KG);
        bytes memory refusal = exceeded(mine, false, YEAR, 999 * KG, 999 * KG + 1);
        refuse(origin(miner, mine, Process.EXTRACT, primaryCobalt(999 * KG + 1)), none(), refusal);
    }

    function test_extract_refused_QuotaExceeded_over_all_outputs() public {
        Output memory half = goods(600 * KG, primaryCobalt(600 * KG));
        Production memory statement = production(miner, mine, Process.EXTRACT, none(), yielding(half, half));
        refuse(statement, none(), exceeded(mine, false, YEAR, 1_000 * KG, 1_200 * KG));
    }

    function test_collect_refused_QuotaExceeded() public {
        bytes memory refusal = exceeded(recyclingPlant, true, YEAR, 1_000 * KG, 1_000 * KG + 1);
        refuse(origin(recycler, recyclingPlant, Process.COLLECT, recycledCobalt(1_000 * KG + 1)), none(), refusal);
    }

    function test_extract_refused_QuotaExceeded_without_a_grant() public {
        admit(stranger);
        FacilityId selfDeclared = registered(stranger, FacilityKind.MINE);
        bytes memory refusal = exceeded(selfDeclared, false, YEAR, 0, 1);
        refuse(origin(stranger, selfDeclared, Process.EXTRACT, primaryCobalt(1)), none(), refusal);
    }

    function test_quota_is_that_of_the_year_in_which_it_occurred() public {
        vm.warp(NEW_YEAR);
        Production memory statement = extraction(KG);
        statement.occurredAt = NEW_YEAR - 1;
        record(statement, none());
        assertEq(ledger.quota(mine, COBALT, false, 2026).used, KG);
        statement.occurredAt = NEW_YEAR;
        refuse(statement, none(), exceeded(mine, false, 2027, 0, KG));
    }
}
