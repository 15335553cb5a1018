// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FacilityKind} from "../../contracts/Codes.sol";
import {
    Dispatch,
    FacilityId,
    LotId,
    LotState,
    LotStatus,
    Receipt,
    Received,
    StatementId
} from "../../contracts/Types.sol";
import {IFacilities} from "../../contracts/interfaces/IFacilities.sol";
import {ILots} from "../../contracts/interfaces/ILots.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Base} from "./Base.sol";
import {Lot} from "./Scribe.sol";

contract ReceiptTest is Base {
    function sent() private returns (Dispatch memory statement) {
        statement = dispatch(two(mined(KG), mined(2 * KG)), mine, refinery);
        record(statement);
    }

    /// @dev A receipt of one of the dispatch's lots.
    function partly(address party, Dispatch memory dispatched, uint256 i, bool accepted)
        private
        view
        returns (Receipt memory statement)
    {
        statement = receipt(party, dispatched, accepted);
        Received[] memory lots = new Received[](1);
        lots[0] = statement.lots[i];
        statement.lots = lots;
    }

    function assertHeld(LotId lot, address custodian, StatementId head) private view {
        LotState memory state = ledger.lotState(lot);
        assertEq(uint256(state.status), uint256(LotStatus.Held));
        assertEq(state.custodian, custodian);
        assertEq(ledger.head(lot), StatementId.unwrap(head));
    }

    // ── Accepted, refused, recalled ──

    function test_accepted_lots_are_the_consignees() public {
        Dispatch memory dispatched = sent();
        Receipt memory statement = receipt(refiner, dispatched, true);
        statement.lots[0].milligrams = 4 * KG - 7;
        statement.occurredAt = START + 1 minutes;
        StatementId id = idOf(statement);
        bytes memory authority = signed(refiner, id);
        vm.expectEmit(address(ledger));
        emit ILots.ReceiptRecorded(id, statement, refiner, authority);
        ledger.recordReceipt(statement, dispatched, authority);
        assertHeld(dispatched.lots[0].lot, refiner, id);
        assertHeld(dispatched.lots[1].lot, refiner, id);
        assertEq(ledger.lotState(dispatched.lots[0].lot).occurredAt, START + 1 minutes);
        assertEq(ledger.lotState(dispatched.lots[0].lot).recordedAt, START);
    }

    function test_accepts_some_and_refuses_others() public {
        Dispatch memory dispatched = sent();
        StatementId accepted = record(partly(refiner, dispatched, 1, true), dispatched);
        StatementId refused = record(partly(refiner, dispatched, 0, false), dispatched);
        assertHeld(dispatched.lots[0].lot, miner, refused);
        assertHeld(dispatched.lots[1].lot, refiner, accepted);
    }

    function test_consignor_recalls_from_the_date_on() public {
        Dispatch memory dispatched = sent();
        vm.warp(dispatched.recallFrom);
        StatementId recalled = record(receipt(miner, dispatched, false), dispatched);
        assertHeld(dispatched.lots[0].lot, miner, recalled);
    }

    function test_own_party_refuses_before_recallFrom() public {
        FacilityId store = registered(miner, FacilityKind.STORAGE);
        Dispatch memory dispatched = dispatch(one(mined(KG)), mine, store);
        record(dispatched);
        StatementId refused = record(receipt(miner, dispatched, false), dispatched);
        assertHeld(dispatched.lots[0].lot, miner, refused);
    }

    function test_returned_lot_is_sent_again() public {
        Dispatch memory dispatched = sent();
        record(receipt(refiner, dispatched, false), dispatched);
        Dispatch memory again = dispatched;
        again.to = plant;
        again.consignee = maker;
        for (uint256 i; i < 2; ++i) again.lots[i].head = ledger.head(again.lots[i].lot);
        record(again);
        StatementId accepted = record(receipt(maker, again, true), again);
        assertHeld(again.lots[0].lot, maker, accepted);
    }

    // ── Form ──

    function test_refused_StatementEmpty() public {
        Dispatch memory dispatched = sent();
        Receipt memory statement = receipt(refiner, dispatched, true);
        statement.lots = new Received[](0);
        refuse(statement, dispatched, abi.encodeWithSelector(IParties.StatementEmpty.selector));
    }

    function test_refused_MassTooLarge() public {
        Dispatch memory dispatched = sent();
        Receipt memory statement = receipt(refiner, dispatched, true);
        statement.lots[1].milligrams = MAX_MILLIGRAMS + 1;
        bytes memory refusal = abi.encodeWithSelector(IFacilities.MassTooLarge.selector, MAX_MILLIGRAMS + 1);
        refuse(statement, dispatched, refusal);
    }

    function test_refused_WitnessMismatch() public {
        Dispatch memory dispatched = sent();
        Receipt memory statement = receipt(refiner, dispatched, true);
        --dispatched.recallFrom;
        bytes memory refusal =
            abi.encodeWithSelector(IParties.WitnessMismatch.selector, statement.dispatch, idOf(dispatched));
        refuse(statement, dispatched, refusal);
    }

    // ── By whom ──

    function test_refused_ReceiptNotByConsignee_third_party_accepts() public {
        Dispatch memory dispatched = sent();
        bytes memory refusal = abi.encodeWithSelector(ILots.ReceiptNotByConsignee.selector, refiner, maker);
        refuse(receipt(maker, dispatched, true), dispatched, refusal);
    }

    function test_refused_ReceiptNotByConsignee_third_party_refuses() public {
        Dispatch memory dispatched = sent();
        bytes memory refusal = abi.encodeWithSelector(ILots.ReceiptNotByConsignee.selector, refiner, maker);
        refuse(receipt(maker, dispatched, false), dispatched, refusal);
    }

    function test_refused_ReceiptNotByConsignee_consignor_accepts() public {
        Dispatch memory dispatched = sent();
        vm.warp(dispatched.recallFrom);
        bytes memory refusal = abi.encodeWithSelector(ILots.ReceiptNotByConsignee.selector, refiner, miner);
        refuse(receipt(miner, dispatched, true), dispatched, refusal);
    }

    function test_refused_RecallTooEarly() public {
        Dispatch memory dispatched = sent();
        uint256 early = dispatched.recallFrom - 1;
        vm.warp(early);
        bytes memory refusal = abi.encodeWithSelector(ILots.RecallTooEarly.selector, dispatched.recallFrom, early);
        refuse(receipt(miner, dispatched, false), dispatched, refusal);
    }

    // ── Lots ──

    function test_refused_LotUnknown() public {
        Dispatch memory dispatched = sent();
        Receipt memory statement = receipt(refiner, dispatched, true);
        statement.lots[0].lot = LotId.wrap(keccak256("no lot"));
        refuse(statement, dispatched, abi.encodeWithSelector(ILots.LotUnknown.selector, statement.lots[0].lot));
    }

    function test_refused_DispatchNotHead_never_recorded() public {
        Lot memory ore = mined(KG);
        Dispatch memory draft = dispatch(one(ore), mine, refinery);
        bytes memory refusal =
            abi.encodeWithSelector(ILots.DispatchNotHead.selector, ore.id, LotId.unwrap(ore.id), idOf(draft));
        refuse(receipt(refiner, draft, true), draft, refusal);
    }

    function test_refused_DispatchNotHead_lot_of_another_dispatch() public {
        Dispatch memory dispatched = sent();
        Dispatch memory other = dispatch(one(mined(3 * KG)), mine, refinery);
        StatementId otherId = record(other);
        Receipt memory statement = receipt(refiner, dispatched, true);
        statement.lots[1].lot = other.lots[0].lot;
        bytes memory refusal = abi.encodeWithSelector(
            ILots.DispatchNotHead.selector, other.lots[0].lot, StatementId.unwrap(otherId), statement.dispatch
        );
        refuse(statement, dispatched, refusal);
    }

    function test_refused_DispatchNotHead_refused_before() public {
        Dispatch memory dispatched = sent();
        StatementId refused = record(receipt(refiner, dispatched, false), dispatched);
        Receipt memory late = receipt(refiner, dispatched, true);
        bytes memory refusal = abi.encodeWithSelector(
            ILots.DispatchNotHead.selector, late.lots[0].lot, StatementId.unwrap(refused), late.dispatch
        );
        refuse(late, dispatched, refusal);
    }

    function test_recorded_again_refused_DispatchNotHead() public {
        Dispatch memory dispatched = sent();
        Receipt memory statement = receipt(refiner, dispatched, true);
        StatementId id = record(statement, dispatched);
        bytes memory refusal = abi.encodeWithSelector(
            ILots.DispatchNotHead.selector, statement.lots[0].lot, StatementId.unwrap(id), statement.dispatch
        );
        refuse(statement, dispatched, refusal);
    }

    function test_refused_LotListedTwice() public {
        Dispatch memory dispatched = sent();
        Receipt memory statement = receipt(refiner, dispatched, true);
        statement.lots[1] = statement.lots[0];
        refuse(statement, dispatched, abi.encodeWithSelector(ILots.LotListedTwice.selector, statement.lots[0].lot));
    }

    // ── Time ──

    function test_refused_OccurredBeforeLot() public {
        Dispatch memory dispatched = sent();
        Receipt memory statement = receipt(refiner, dispatched, true);
        statement.occurredAt = START - 1;
        bytes memory refusal =
            abi.encodeWithSelector(ILots.OccurredBeforeLot.selector, statement.lots[0].lot, START, START - 1);
        refuse(statement, dispatched, refusal);
    }

    function test_refused_OccurredTooLongAgo() public {
        Dispatch memory dispatched = sent();
        vm.warp(START + 91 days);
        Receipt memory statement = receipt(refiner, dispatched, true);
        statement.occurredAt = START;
        bytes memory refusal =
            abi.encodeWithSelector(ILots.OccurredTooLongAgo.selector, uint256(START) + 1 days, START);
        refuse(statement, dispatched, refusal);
    }

    function test_refused_OccurredInFuture() public {
        Dispatch memory dispatched = sent();
        Receipt memory statement = receipt(refiner, dispatched, true);
        uint40 latest = START + 15 minutes;
        statement.occurredAt = latest + 1;
        bytes memory refusal = abi.encodeWithSelector(IParties.OccurredInFuture.selector, latest, latest + 1);
        refuse(statement, dispatched, refusal);
    }
}
