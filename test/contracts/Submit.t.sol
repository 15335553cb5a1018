// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {FacilityKind, Process} from "../../contracts/Codes.sol";
import {
    Dispatch,
    FacilityId,
    FacilityRegistration,
    LotStatus,
    Output,
    Production,
    Receipt,
    StatementId
} from "../../contracts/Types.sol";
import {ILots} from "../../contracts/interfaces/ILots.sol";
import {IMaterialLedger} from "../../contracts/interfaces/IMaterialLedger.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Kind, Samples} from "./Samples.sol";
import {Lot} from "./Scribe.sol";
import {Vm} from "./Vm.sol";

/// @notice Many calls in one transaction, each as if it were sent alone.
contract SubmitTest is Samples {
    function call(Production memory statement, Lot[] memory inputs) private view returns (bytes memory) {
        bytes memory authority = signed(statement.custodian, idOf(statement));
        return abi.encodeCall(ledger.recordProduction, (statement, birthsOf(inputs), authority));
    }

    function call(FacilityRegistration memory statement) private view returns (bytes memory) {
        return
            abi.encodeCall(ledger.recordFacilityRegistration, (statement, signed(statement.operator, idOf(statement))));
    }

    function store(address operator, uint16 country) private view returns (FacilityRegistration memory statement) {
        statement = registration(operator, FacilityKind.STORAGE);
        statement.country = country;
    }

    function exists(FacilityRegistration memory statement) private view returns (bool) {
        FacilityId facility = FacilityId.wrap(StatementId.unwrap(idOf(statement)));
        return ledger.facilityState(facility).operator == statement.operator;
    }

    function expectRefused(uint256 index, bytes memory reason) private {
        vm.expectEmit(address(ledger));
        emit IMaterialLedger.Refused(index, reason);
    }

    function logsOf(bytes[] memory calls) private returns (Vm.Log[] memory) {
        vm.recordLogs();
        ledger.submit(calls);
        return vm.getRecordedLogs();
    }

    // ── Recorded ──

    function test_records_one_of_each_type() public {
        bytes[] memory calls = new bytes[](KINDS);
        for (uint256 i; i < KINDS; ++i) calls[i] = signedCall(sample(Kind(i)));
        // The replacement ends the key that objects, and the proposal: it comes last.
        (calls[9], calls[10]) = (calls[10], calls[9]);
        Vm.Log[] memory logs = logsOf(calls);
        assertEq(logs.length, KINDS);
        for (uint256 i; i < KINDS; ++i) assertHonest(logs[i]);
    }

    function test_each_call_sees_what_those_before_it_did() public {
        Production memory dug = extraction(KG);
        Lot memory ore = bornOf(dug, idOf(dug), 0);
        Dispatch memory sent = dispatch(one(ore), mine, refinery);
        sent.lots[0].head = bytes32(abi.encode(ore.id));
        Receipt memory received = receipt(refiner, sent, true);
        bytes[] memory calls = new bytes[](3);
        calls[0] = call(dug, none());
        calls[1] = abi.encodeCall(ledger.recordDispatch, (sent, signed(miner, idOf(sent))));
        calls[2] = abi.encodeCall(ledger.recordReceipt, (received, sent, signed(refiner, idOf(received))));
        assertEq(logsOf(calls).length, 3);
        assertEq(ledger.lotState(ore.id).custodian, refiner);
        assertEq(uint256(ledger.lotState(ore.id).status), uint256(LotStatus.Held));
    }

    function test_nothing_to_submit() public {
        assertEq(logsOf(new bytes[](0)).length, 0);
    }

    // ── Refused ──

    function test_refused_call_leaves_its_neighbours_alone() public {
        bytes[] memory calls = new bytes[](3);
        calls[0] = call(store(miner, 180));
        calls[1] = call(store(stranger, 180));
        calls[2] = call(store(maker, 180));
        expectRefused(1, abi.encodeWithSelector(IParties.PartyUnknown.selector, stranger));
        assertEq(logsOf(calls).length, 3);
        assertTrue(exists(store(miner, 180)));
        assertFalse(exists(store(stranger, 180)));
        assertTrue(exists(store(maker, 180)));
    }

    function test_each_refusal_has_its_index_and_reason() public {
        bytes[] memory calls = new bytes[](3);
        calls[0] = call(store(miner, 0));
        calls[1] = call(store(miner, 180));
        calls[2] = calls[1];
        bytes32 id = StatementId.unwrap(idOf(store(miner, 180)));
        Vm.Log[] memory logs = logsOf(calls);
        assertEq(logs[0].data, abi.encode(0, abi.encodeWithSignature("CountryUnknown(uint16)", 0)));
        assertEq(logs[1].topics[1], id);
        bytes memory again = abi.encodeWithSelector(IParties.StatementAlreadyRecorded.selector, id);
        assertEq(logs[2].data, abi.encode(2, again));
    }

    function test_lot_spent_twice_in_one_batch_the_second_refused_LotIsSpent() public {
        Lot[] memory ore = one(mined(KG));
        Production memory first = production(miner, mine, Process.RETIRE, ore, new Output[](0));
        Production memory second =
            production(miner, mine, Process.BLEND, ore, yielding(goods(KG, primaryCobalt(KG))));
        bytes[] memory calls = new bytes[](2);
        (calls[0], calls[1]) = (call(first, ore), call(second, ore));
        expectRefused(1, abi.encodeWithSelector(ILots.LotIsSpent.selector, ore[0].id));
        ledger.submit(calls);
        Lot memory never = bornOf(second, idOf(second), 0);
        assertEq(uint256(ledger.lotState(never.id).status), uint256(LotStatus.None));
    }

    function test_call_of_no_function_is_refused_without_a_reason() public {
        bytes[] memory calls = new bytes[](4);
        calls[0] = "";
        calls[1] = hex"00";
        calls[2] = hex"deadbeef";
        calls[3] = call(store(miner, 180));
        Vm.Log[] memory logs = logsOf(calls);
        for (uint256 i; i < 3; ++i) assertEq(logs[i].data, abi.encode(i, ""));
        assertTrue(exists(store(miner, 180)));
    }

    /// @dev What failed midway has written lots by then: nothing of it stays, the quota it used included.
    function test_refused_midway_leaves_no_trace() public {
        Lot[] memory ores = two(mined(KG), mined(KG));
        Production memory half = production(miner, mine, Process.RETIRE, ores, new Output[](0));
        half.inputs[1].head = keccak256("stale");
        bytes[] memory calls = new bytes[](1);
        calls[0] = call(half, ores);
        Vm.Log[] memory logs = logsOf(calls);
        assertEq(logs.length, 1);
        assertEq(logs[0].topics[0], IMaterialLedger.Refused.selector);
        assertEq(uint256(ledger.lotState(ores[0].id).status), uint256(LotStatus.Held));
        assertEq(uint256(ledger.retirementState(idOf(half))), 0);
    }

    // ── Rights ──

    function test_registrar_batches_its_acts() public {
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(ledger.admit, (stranger, 0));
        calls[1] = abi.encodeCall(ledger.grantQuota, (mine, NICKEL, false, YEAR, KG, 0));
        vm.prank(registrar);
        ledger.submit(calls);
        assertEq(ledger.partyState(stranger).key, stranger);
        assertEq(ledger.quota(mine, NICKEL, false, YEAR).granted, KG);
    }

    function test_batch_gives_nobody_a_right() public {
        bytes[] memory calls = new bytes[](1);
        calls[0] = abi.encodeCall(ledger.admit, (stranger, 0));
        bytes memory reason = abi.encodeWithSelector(
            IAccessControl.AccessControlUnauthorizedAccount.selector, stranger, ledger.REGISTRAR()
        );
        expectRefused(0, reason);
        vm.prank(stranger);
        ledger.submit(calls);
        assertEq(ledger.partyState(stranger).key, address(0));
    }

    function test_batch_in_a_batch() public {
        bytes[] memory inner = new bytes[](2);
        (inner[0], inner[1]) = (call(store(stranger, 180)), call(store(miner, 180)));
        bytes[] memory outer = new bytes[](2);
        (outer[0], outer[1]) = (abi.encodeCall(ledger.submit, (inner)), call(store(maker, 180)));
        expectRefused(0, abi.encodeWithSelector(IParties.PartyUnknown.selector, stranger));
        ledger.submit(outer);
        assertTrue(exists(store(miner, 180)));
        assertTrue(exists(store(maker, 180)));
    }

    // ── Gas ──

    function test_refused_GasTooLow_where_the_gas_does_not_reach_the_end() public {
        bytes[] memory calls = new bytes[](2);
        (calls[0], calls[1]) = (call(store(miner, 180)), call(extraction(KG), none()));
        bytes memory batch = abi.encodeCall(ledger.submit, (calls));
        uint256 tooLow;
        bool done;
        for (uint256 gasLimit = 30_000; !done; gasLimit += 5_000) {
            bytes memory reason;
            (done, reason) = address(ledger).call{gas: gasLimit}(batch);
            assertEq(exists(store(miner, 180)), done);
            if (bytes4(reason) == IParties.GasTooLow.selector) ++tooLow;
            else assertEq(reason, "");
        }
        assertGt(tooLow, 0);
    }
}
