// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FacilityKind, Process} from "../../contracts/Codes.sol";
import {
    Dispatch,
    FacilityId,
    FacilityRegistration,
    LotId,
    LotStatus,
    Output,
    Production,
    Receipt,
    StatementId
} from "../../contracts/Types.sol";
import {IFacilities} from "../../contracts/interfaces/IFacilities.sol";
import {ILots} from "../../contracts/interfaces/ILots.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Base} from "./Base.sol";
import {Lot} from "./Scribe.sol";

/// @notice Two statements of which only one may count, in either order; and quota dodged at the year's edge.
contract AttacksRacesTest is Base {
    /// @dev 2027-01-01, 00:00 UTC.
    uint40 private constant NEW_YEAR = 1_798_761_600;

    function stale(Lot memory lot, StatementId present) private pure returns (bytes memory) {
        return abi.encodeWithSelector(
            ILots.HeadStale.selector, lot.id, StatementId.unwrap(present), LotId.unwrap(lot.id)
        );
    }

    function blend(Lot[] memory inputs) private view returns (Production memory) {
        return production(miner, mine, Process.BLEND, inputs, yielding(goods(KG, primaryCobalt(KG))));
    }

    // ── The same lot, twice ──

    function test_spent_in_two_productions_the_second_refused_LotIsSpent() public {
        Lot[] memory ore = one(mined(KG));
        Production memory first = blend(ore);
        Production memory second = blend(ore);
        second.evidence = serial();
        record(second, ore);
        refuse(first, ore, abi.encodeWithSelector(ILots.LotIsSpent.selector, ore[0].id));
    }

    function test_sold_to_two_buyers_the_second_refused_LotIsInTransit() public {
        Lot[] memory ore = one(mined(KG));
        Dispatch memory toRefiner = dispatch(ore, mine, refinery);
        Dispatch memory toMaker = dispatch(ore, mine, plant);
        record(toMaker);
        refuse(toRefiner, abi.encodeWithSelector(ILots.LotIsInTransit.selector, ore[0].id));
    }

    function test_sold_to_two_buyers_the_draft_refused_HeadStale_after_the_lot_came_back() public {
        Lot[] memory ore = one(mined(KG));
        Dispatch memory toRefiner = dispatch(ore, mine, refinery);
        Dispatch memory toMaker = dispatch(ore, mine, plant);
        record(toMaker);
        StatementId back = record(receipt(maker, toMaker, false), toMaker);
        refuse(toRefiner, stale(ore[0], back));
    }

    function test_sent_and_spent_whichever_is_first() public {
        Lot[] memory ore = one(mined(KG));
        Dispatch memory sent = dispatch(ore, mine, refinery);
        Production memory used = blend(ore);
        uint256 before = vm.snapshotState();
        record(sent);
        refuse(used, ore, abi.encodeWithSelector(ILots.LotIsInTransit.selector, ore[0].id));
        vm.revertToState(before);
        record(used, ore);
        refuse(sent, abi.encodeWithSelector(ILots.LotIsSpent.selector, ore[0].id));
    }

    function test_input_listed_twice_refused_LotListedTwice_wherever_it_stands() public {
        Lot memory ore = mined(KG);
        Lot[] memory inputs = new Lot[](4);
        (inputs[0], inputs[1], inputs[2], inputs[3]) = (mined(KG), ore, mined(KG), ore);
        bytes memory refusal = abi.encodeWithSelector(ILots.LotListedTwice.selector, ore.id);
        refuse(blend(inputs), inputs, refusal);
        refuse(dispatch(inputs, mine, refinery), refusal);
    }

    // ── Recall and receipt ──

    function test_recall_and_acceptance_whichever_is_first() public {
        Lot memory ore = mined(KG);
        Dispatch memory sent = dispatch(one(ore), mine, refinery);
        StatementId sentId = record(sent);
        vm.warp(sent.recallFrom);
        Receipt memory recall = receipt(miner, sent, false);
        Receipt memory acceptance = receipt(refiner, sent, true);
        uint256 before = vm.snapshotState();
        bytes32 head = StatementId.unwrap(record(acceptance, sent));
        refuse(recall, sent, abi.encodeWithSelector(ILots.DispatchNotHead.selector, ore.id, head, sentId));
        assertEq(ledger.lotState(ore.id).custodian, refiner);
        vm.revertToState(before);
        head = StatementId.unwrap(record(recall, sent));
        refuse(acceptance, sent, abi.encodeWithSelector(ILots.DispatchNotHead.selector, ore.id, head, sentId));
        assertEq(ledger.lotState(ore.id).custodian, miner);
    }

    function test_receipt_of_an_earlier_dispatch_refused_once_the_lot_is_sent_again() public {
        Lot memory ore = mined(KG);
        Dispatch memory first = dispatch(one(ore), mine, refinery);
        StatementId firstId = record(first);
        Receipt memory early = receipt(refiner, first, true);
        record(receipt(refiner, first, false), first);
        Dispatch memory second = dispatch(one(ore), mine, refinery);
        bytes32 head = StatementId.unwrap(record(second));
        refuse(early, first, abi.encodeWithSelector(ILots.DispatchNotHead.selector, ore.id, head, firstId));
    }

    // ── Corrections ──

    function test_correction_and_dispatch_of_its_output_whichever_is_first() public {
        Production memory dug = extraction(KG);
        Lot[] memory ore = one(bornOf(dug, record(dug, none()), 0));
        Dispatch memory sent = dispatch(ore, mine, refinery);
        uint256 before = vm.snapshotState();
        record(sent);
        refuse(correction(dug), dug, none(), abi.encodeWithSelector(ILots.OutputMoved.selector, ore[0].id));
        vm.revertToState(before);
        record(correction(dug), dug, none());
        refuse(sent, abi.encodeWithSelector(ILots.LotIsVoid.selector, ore[0].id));
    }

    /// @dev Each round spends the ore again: never twice while a production of it stands, and from a head of its own.
    function test_corrected_again_and_again() public {
        Lot[] memory ore = one(mined(KG));
        for (uint256 i; i < 3; ++i) {
            Production memory used = blend(ore);
            used.evidence = serial();
            Production memory rival = blend(ore);
            record(used, ore);
            refuse(rival, ore, abi.encodeWithSelector(ILots.LotIsSpent.selector, ore[0].id));
            StatementId head = record(correction(used), used, ore);
            assertEq(ledger.head(ore[0].id), StatementId.unwrap(head));
        }
        assertEq(ledger.quota(mine, COBALT, false, YEAR).used, KG);
    }

    /// @dev A corrected origin's quota can be used again, and no more than that.
    function test_corrected_origin_frees_no_more_than_it_used() public {
        grant(mine, COBALT, false, 2 * KG);
        Production memory first = extraction(2 * KG);
        record(first, none());
        record(correction(first), first, none());
        refuse(
            correction(first),
            first,
            none(),
            abi.encodeWithSelector(ILots.ProductionIsCorrected.selector, idOf(first))
        );
        mined(2 * KG);
        bytes memory refusal = abi.encodeWithSelector(
            IFacilities.QuotaExceeded.selector, mine, COBALT, false, YEAR, uint256(0), uint256(1)
        );
        refuse(extraction(1), none(), refusal);
    }

    // ── Parties ──

    function test_signed_before_a_suspension_refused_PartyIsSuspended_after_it() public {
        FacilityRegistration memory site = registration(miner, FacilityKind.STORAGE);
        suspend(miner);
        refuse(site, abi.encodeWithSelector(IParties.PartyIsSuspended.selector, miner));
    }

    function test_lot_sent_to_a_party_that_is_suspended_on_the_way_is_refused_or_recalled_only() public {
        Lot memory ore = mined(KG);
        Dispatch memory sent = dispatch(one(ore), mine, refinery);
        record(sent);
        suspend(refiner);
        refuse(receipt(refiner, sent, true), sent, abi.encodeWithSelector(IParties.PartyIsSuspended.selector, refiner));
        record(receipt(refiner, sent, false), sent);
        assertEq(uint256(ledger.lotState(ore.id).status), uint256(LotStatus.Held));
    }

    // ── The year's edge ──

    /// @dev The statement's year counts, not the block's: neither year gives more than was granted for it.
    function test_each_side_of_the_new_year_has_a_quota_of_its_own() public {
        grant(mine, COBALT, false, 2 * KG);
        vm.prank(registrar);
        ledger.grantQuota(mine, COBALT, false, YEAR + 1, 3 * KG, 0);
        vm.warp(NEW_YEAR + 10 minutes);
        Production memory late = extraction(2 * KG);
        late.occurredAt = NEW_YEAR - 1;
        record(late, none());
        Production memory more = extraction(1);
        more.occurredAt = NEW_YEAR - 1;
        refuse(more, none(), exceeded(YEAR, 0, 1));
        Production memory early = extraction(3 * KG);
        early.occurredAt = NEW_YEAR;
        record(early, none());
        more.occurredAt = NEW_YEAR;
        refuse(more, none(), exceeded(YEAR + 1, 0, 1));
    }

    /// @dev 15 minutes ahead of the clock is the next year already.
    function test_stated_ahead_of_the_new_year_uses_the_next_quota() public {
        vm.warp(NEW_YEAR - 10 minutes);
        Production memory ahead = extraction(KG);
        ahead.occurredAt = NEW_YEAR;
        refuse(ahead, none(), exceeded(YEAR + 1, 0, KG));
        ahead.occurredAt = NEW_YEAR - 1;
        record(ahead, none());
        assertEq(ledger.quota(mine, COBALT, false, YEAR).used, KG);
    }

    function exceeded(uint16 year, uint256 available, uint256 wanted) private view returns (bytes memory) {
        return abi.encodeWithSelector(
            IFacilities.QuotaExceeded.selector, mine, COBALT, false, year, available, wanted
        );
    }

    /// @dev The facilities of one operator do not share their quotas.
    function test_second_site_has_no_part_in_the_quota_of_the_first() public {
        FacilityId second = registered(miner, FacilityKind.ARTISANAL_MINE);
        Production memory elsewhere = extraction(KG);
        elsewhere.facility = second;
        bytes memory refusal = abi.encodeWithSelector(
            IFacilities.QuotaExceeded.selector, second, COBALT, false, YEAR, uint256(0), uint256(KG)
        );
        refuse(elsewhere, none(), refusal);
    }

    function test_retired_lot_is_gone() public {
        Lot[] memory ore = one(mined(KG));
        record(production(miner, mine, Process.RETIRE, ore, new Output[](0)), ore);
        refuse(dispatch(ore, mine, refinery), abi.encodeWithSelector(ILots.LotIsSpent.selector, ore[0].id));
    }
}
