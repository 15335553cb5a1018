// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FacilityKind, Process} from "../../contracts/Codes.sol";
import {Dispatch, FacilityRegistration, Output, Production} from "../../contracts/Types.sol";
import {IMaterialLedger} from "../../contracts/interfaces/IMaterialLedger.sol";
import {Samples} from "./Samples.sol";
import {Lot} from "./Scribe.sol";
import {Vm} from "./Vm.sol";

/// @notice I15: a batch does what its good calls, sent one by one, would have done, and nothing else.
contract BatchesTest is Samples {
    Lot private _ore;

    function setUp() public override {
        super.setUp();
        Lot memory ore = mined(KG);
        _ore.id = ore.id;
        _ore.birth.production = ore.birth.production;
    }

    /// @dev Good ones and bad ones of many kinds; what they meet of one another makes some good ones bad.
    function callOf(uint256 seed) private view returns (bytes memory) {
        uint256 kind = seed % 8;
        if (kind < 3) return extracting(seed);
        if (kind == 3) return sending(seed);
        if (kind == 4) return registering(miner, miner, seed);
        if (kind == 5) return registering(miner, stranger, seed);
        if (kind == 6) return registering(stranger, stranger, seed);
        return abi.encodePacked(bytes4(uint32(seed >> 8)), seed);
    }

    function extracting(uint256 seed) private view returns (bytes memory) {
        Production memory statement = extraction(uint64(bound(seed >> 8, 1, 400 * KG)));
        if ((seed >> 72) % 4 == 0) statement.recordBy = START - 1;
        bytes memory authority = signed(miner, idOf(statement));
        return abi.encodeCall(ledger.recordProduction, (statement, birthsOf(none()), authority));
    }

    /// @dev The same lot each time, to the one or the other.
    function sending(uint256 seed) private view returns (bytes memory) {
        Lot[] memory lots = new Lot[](1);
        lots[0].id = _ore.id;
        Dispatch memory statement = dispatch(lots, mine, seed & 256 == 0 ? refinery : plant);
        return abi.encodeCall(ledger.recordDispatch, (statement, signed(miner, idOf(statement))));
    }

    function registering(address operator, address signer, uint256 seed) private view returns (bytes memory) {
        FacilityRegistration memory statement = registration(operator, FacilityKind.STORAGE);
        statement.country = uint16((seed >> 8) % 1_100);
        return abi.encodeCall(ledger.recordFacilityRegistration, (statement, signed(signer, idOf(statement))));
    }

    function testFuzz_I15_a_batch_does_what_its_good_calls_do_alone(uint256[8] memory seeds) public {
        bytes[] memory calls = new bytes[](seeds.length);
        for (uint256 i; i < calls.length; ++i) calls[i] = callOf(seeds[i]);
        uint256 before = vm.snapshotState();
        vm.recordLogs();
        bytes[] memory reasons = new bytes[](calls.length);
        bool[] memory done = new bool[](calls.length);
        for (uint256 i; i < calls.length; ++i) (done[i], reasons[i]) = submitted(calls[i]);
        Vm.Log[] memory alone = vm.getRecordedLogs();
        bytes memory expected = observedState();
        vm.revertToState(before);
        vm.recordLogs();
        ledger.submit(calls);
        Vm.Log[] memory together = vm.getRecordedLogs();
        assertEq(together.length, calls.length);
        uint256 next;
        for (uint256 i; i < calls.length; ++i) {
            if (done[i]) {
                assertEq(abi.encode(together[i]), abi.encode(alone[next]));
                ++next;
            } else {
                assertEq(together[i].topics[0], IMaterialLedger.Refused.selector);
                assertEq(together[i].data, abi.encode(i, reasons[i]));
            }
        }
        assertEq(next, alone.length);
        assertEq(observedState(), expected);
    }

    function observedState() private view returns (bytes memory) {
        return abi.encode(ledger.quota(mine, COBALT, false, YEAR), ledger.lotState(_ore.id), ledger.head(_ore.id));
    }

    /// @dev Inputs that the refused production had spent, outputs that it had not yet born, quota that it had not yet used.
    function testFuzz_I15_a_production_refused_midway_leaves_no_trace(uint256 bad, uint256 number) public {
        number = bound(number, 1, 6);
        Lot[] memory ores = new Lot[](number);
        for (uint256 i; i < number; ++i) ores[i] = mined(KG);
        Production memory statement =
            production(miner, mine, Process.RETIRE, ores, new Output[](0));
        statement.inputs[bad % number].head = keccak256("stale");
        bytes[] memory calls = new bytes[](1);
        bytes memory authority = signed(miner, idOf(statement));
        calls[0] = abi.encodeCall(ledger.recordProduction, (statement, birthsOf(ores), authority));
        bytes[] memory before = new bytes[](number);
        for (uint256 i; i < number; ++i) before[i] = abi.encode(ledger.lotState(ores[i].id));
        ledger.submit(calls);
        for (uint256 i; i < number; ++i) assertEq(abi.encode(ledger.lotState(ores[i].id)), before[i]);
        assertEq(uint256(ledger.retirementState(idOf(statement))), 0);
    }
}
