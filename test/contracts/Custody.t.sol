// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Birth, Dispatch, FacilityId, LotId, LotState, LotStatus, LotTrace, Receipt, StatementId} from "../../contracts/Types.sol";
import {Base} from "./Base.sol";
import {Lot} from "./Scribe.sol";

/// @notice A lot's life in random steps, against a model of it: custodian, head and status after each step, whether the
/// ledger recorded the step or refused it.
contract CustodyTest is Base {
    struct Model {
        address custodian;
        bytes32 head;
        LotStatus status;
        Dispatch sent;
    }

    Lot private lot;
    Model private model;
    address[3] private parties;
    FacilityId[3] private sites;

    function setUp() public override {
        super.setUp();
        parties = [miner, refiner, maker];
        sites = [mine, refinery, plant];
        Lot memory ore = mined(KG);
        lot.id = ore.id;
        model.custodian = miner;
        model.head = LotId.unwrap(ore.id);
        model.status = LotStatus.Held;
    }

    /// @dev State proofs read the word: it is where Solidity has the mapping, and packed as Solidity packs the struct.
    function test_a_lots_word_in_storage() public {
        trySend(0, 1, 1);
        LotState memory state = ledger.lotState(lot.id);
        uint256 expected = uint256(uint160(state.custodian)) | uint256(state.occurredAt) << 160
            | uint256(state.recordedAt) << 200 | uint256(uint8(state.status)) << 240 | uint256(uint8(state.trace)) << 248;
        uint256 found;
        for (uint256 slot; slot < 64; ++slot) {
            uint256 word = uint256(vm.load(address(ledger), keccak256(abi.encode(lot.id, slot))));
            if (word == expected) ++found;
        }
        assertEq(found, 1);
        assertTrue(state.trace == LotTrace.Dispatched);
    }

    function testFuzz_I5_I6_I11_custody_and_head_follow_signed_steps(uint256[16] memory steps) public {
        for (uint256 i; i < steps.length; ++i) {
            vm.warp(timeNow() + 1 hours);
            uint256 who = (steps[i] >> 8) % 3;
            if (steps[i] % 4 == 0) trySend(who, (steps[i] >> 16) % 3, steps[i] >> 24);
            else tryReceive(who, steps[i] % 4 != 3);
            assertModel();
        }
    }

    /// @dev Any party tries to send the lot on, now and then from a stale head.
    function trySend(uint256 who, uint256 whereTo, uint256 seed) private {
        Dispatch memory statement = dispatch(one(Lot(lot.id, emptyBirth())), sites[who], sites[whereTo]);
        statement.recallFrom = timeNow() + 2 hours;
        bool stale = seed % 5 == 0;
        if (stale) statement.lots[0].head = keccak256("stale");
        bool allowed = model.status == LotStatus.Held && model.custodian == parties[who] && !stale;
        StatementId id = idOf(statement);
        bytes memory call = abi.encodeCall(ledger.recordDispatch, (statement, signed(parties[who], id)));
        if (!submitted(call, allowed)) return;
        model.head = StatementId.unwrap(id);
        model.status = LotStatus.InTransit;
        delete model.sent;
        model.sent.consignor = statement.consignor;
        model.sent.consignee = statement.consignee;
        model.sent.lots.push(statement.lots[0]);
        model.sent.from = statement.from;
        model.sent.to = statement.to;
        model.sent.mode = statement.mode;
        model.sent.recallFrom = statement.recallFrom;
        model.sent.occurredAt = statement.occurredAt;
        model.sent.recordBy = statement.recordBy;
    }

    /// @dev Any party tries to accept, refuse or recall the last dispatch.
    function tryReceive(uint256 who, bool accepted) private {
        Dispatch memory sent = model.sent;
        if (sent.consignor == address(0)) return;
        Receipt memory statement = receipt(parties[who], sent, accepted);
        bool recalls = !accepted && parties[who] == sent.consignor && timeNow() >= sent.recallFrom;
        bool allowed = model.status == LotStatus.InTransit && (parties[who] == sent.consignee || recalls);
        StatementId id = idOf(statement);
        bytes memory call = abi.encodeCall(ledger.recordReceipt, (statement, sent, signed(parties[who], id)));
        if (!submitted(call, allowed)) return;
        model.head = StatementId.unwrap(id);
        model.status = LotStatus.Held;
        if (accepted) model.custodian = parties[who];
    }

    function submitted(bytes memory call, bool allowed) private returns (bool done) {
        (done,) = address(ledger).call(call);
        assertEq(done, allowed, "recorded");
    }

    function emptyBirth() private pure returns (Birth memory birth) {}

    function assertModel() private view {
        LotState memory state = ledger.lotState(lot.id);
        assertEq(state.custodian, model.custodian, "custodian");
        assertEq(uint256(state.status), uint256(model.status), "status");
        assertEq(ledger.head(lot.id), model.head, "head");
        assertEq(state.recordedAt, START, "recordedAt");
    }
}
