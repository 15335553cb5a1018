// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FacilityKind, Process} from "../../contracts/Codes.sol";
import {Dispatch, FacilityId, LotId, LotState, LotStatus, Output, StatementId} from "../../contracts/Types.sol";
import {IFacilities} from "../../contracts/interfaces/IFacilities.sol";
import {ILots} from "../../contracts/interfaces/ILots.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Base} from "./Base.sol";
import {Lot} from "./Scribe.sol";

contract DispatchTest is Base {
    function test_lots_are_in_transit_and_stay_the_consignors() public {
        Lot[] memory ores = two(mined(KG), mined(2 * KG));
        Dispatch memory statement = dispatch(ores, mine, refinery);
        statement.occurredAt = START + 1 minutes;
        StatementId id = idOf(statement);
        bytes memory authority = signed(miner, id);
        vm.expectEmit(address(ledger));
        emit ILots.DispatchRecorded(id, statement, miner, authority);
        ledger.recordDispatch(statement, authority);
        for (uint256 i; i < 2; ++i) {
            LotState memory state = ledger.lotState(ores[i].id);
            assertEq(uint256(state.status), uint256(LotStatus.InTransit));
            assertEq(state.custodian, miner);
            assertEq(state.occurredAt, START + 1 minutes);
            assertEq(state.recordedAt, START);
            assertEq(ledger.head(ores[i].id), StatementId.unwrap(id));
        }
    }

    function test_between_own_sites() public {
        FacilityId store = registered(miner, FacilityKind.STORAGE);
        Lot memory ore = mined(KG);
        moved(ore, mine, store);
        assertEq(ledger.lotState(ore.id).custodian, miner);
    }

    // ── Form ──

    function test_refused_StatementEmpty() public {
        refuse(dispatch(none(), mine, refinery), abi.encodeWithSelector(IParties.StatementEmpty.selector));
    }

    function test_refused_TransportModeUnknown_below() public {
        Dispatch memory statement = dispatch(one(mined(KG)), mine, refinery);
        statement.mode = 0;
        refuse(statement, abi.encodeWithSelector(ILots.TransportModeUnknown.selector, 0));
    }

    function test_refused_TransportModeUnknown_above() public {
        Dispatch memory statement = dispatch(one(mined(KG)), mine, refinery);
        statement.mode = 10;
        refuse(statement, abi.encodeWithSelector(ILots.TransportModeUnknown.selector, 10));
    }

    // ── Places ──

    function test_refused_FacilityUnknown_from() public {
        Dispatch memory statement = dispatch(one(mined(KG)), mine, refinery);
        statement.from = FacilityId.wrap(keccak256("nowhere"));
        refuse(statement, abi.encodeWithSelector(IFacilities.FacilityUnknown.selector, statement.from));
    }

    function test_refused_FacilityUnknown_to() public {
        Dispatch memory statement = dispatch(one(mined(KG)), mine, refinery);
        statement.to = FacilityId.wrap(keccak256("nowhere"));
        refuse(statement, abi.encodeWithSelector(IFacilities.FacilityUnknown.selector, statement.to));
    }

    function test_refused_FacilityNotOperatedBy_consignor() public {
        Dispatch memory statement = dispatch(one(mined(KG)), mine, refinery);
        statement.from = plant;
        refuse(statement, abi.encodeWithSelector(IFacilities.FacilityNotOperatedBy.selector, plant, maker, miner));
    }

    function test_refused_FacilityNotOperatedBy_consignee() public {
        Dispatch memory statement = dispatch(one(mined(KG)), mine, refinery);
        statement.to = plant;
        refuse(statement, abi.encodeWithSelector(IFacilities.FacilityNotOperatedBy.selector, plant, maker, refiner));
    }

    // ── Lots ──

    function test_refused_LotUnknown() public {
        Lot memory nothing = mined(KG);
        nothing.id = LotId.wrap(keccak256("no lot"));
        bytes memory refusal = abi.encodeWithSelector(ILots.LotUnknown.selector, nothing.id);
        refuse(dispatch(one(nothing), mine, refinery), refusal);
    }

    function test_refused_LotIsSpent() public {
        Lot[] memory ore = one(mined(KG));
        record(production(miner, mine, Process.RETIRE, ore, new Output[](0)), ore);
        refuse(dispatch(ore, mine, refinery), abi.encodeWithSelector(ILots.LotIsSpent.selector, ore[0].id));
    }

    function test_refused_LotIsInTransit() public {
        Lot[] memory ore = one(mined(KG));
        record(dispatch(ore, mine, refinery));
        refuse(dispatch(ore, mine, refinery), abi.encodeWithSelector(ILots.LotIsInTransit.selector, ore[0].id));
    }

    function test_recorded_again_refused_LotIsInTransit() public {
        Dispatch memory statement = dispatch(one(mined(KG)), mine, refinery);
        record(statement);
        refuse(statement, abi.encodeWithSelector(ILots.LotIsInTransit.selector, statement.lots[0].lot));
    }

    function test_recorded_again_after_receipt_refused_HeadStale() public {
        Dispatch memory statement = dispatch(one(mined(KG)), mine, refinery);
        record(statement);
        StatementId head = record(receipt(refiner, statement, false), statement);
        bytes memory refusal = abi.encodeWithSelector(
            ILots.HeadStale.selector, statement.lots[0].lot, StatementId.unwrap(head), statement.lots[0].head
        );
        refuse(statement, refusal);
    }

    function test_refused_LotNotHeldBy() public {
        Lot memory ore = mined(KG);
        moved(ore, mine, refinery);
        bytes memory refusal = abi.encodeWithSelector(ILots.LotNotHeldBy.selector, ore.id, refiner, miner);
        refuse(dispatch(one(ore), mine, plant), refusal);
    }

    function test_refused_HeadStale() public {
        Lot memory ore = mined(KG);
        Dispatch memory statement = dispatch(one(ore), mine, refinery);
        bytes32 wrong = keccak256("another head");
        statement.lots[0].head = wrong;
        bytes memory refusal =
            abi.encodeWithSelector(ILots.HeadStale.selector, ore.id, LotId.unwrap(ore.id), wrong);
        refuse(statement, refusal);
    }

    function test_refused_LotListedTwice() public {
        Lot memory ore = mined(KG);
        bytes memory refusal = abi.encodeWithSelector(ILots.LotListedTwice.selector, ore.id);
        refuse(dispatch(two(ore, ore), mine, refinery), refusal);
    }

    // ── Time ──

    function test_refused_OccurredBeforeLot() public {
        Lot memory ore = mined(KG);
        Dispatch memory statement = dispatch(one(ore), mine, refinery);
        statement.occurredAt = START - 1;
        refuse(statement, abi.encodeWithSelector(ILots.OccurredBeforeLot.selector, ore.id, START, START - 1));
    }

    function test_refused_OccurredTooLongAgo() public {
        Dispatch memory statement = dispatch(one(mined(KG)), mine, refinery);
        uint40 earliest = START - 90 days;
        statement.occurredAt = earliest - 1;
        refuse(statement, abi.encodeWithSelector(ILots.OccurredTooLongAgo.selector, earliest, earliest - 1));
    }

    function test_refused_OccurredInFuture() public {
        Dispatch memory statement = dispatch(one(mined(KG)), mine, refinery);
        uint40 latest = START + 15 minutes;
        statement.occurredAt = latest + 1;
        refuse(statement, abi.encodeWithSelector(IParties.OccurredInFuture.selector, latest, latest + 1));
    }
}
