// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FacilityKind, Process} from "../../contracts/Codes.sol";
import {FacilityRegistration, Output, Production} from "../../contracts/Types.sol";
import {IMaterialLedger} from "../../contracts/interfaces/IMaterialLedger.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Toiler} from "./Hostile.sol";
import {Kind, Samples} from "./Samples.sol";
import {Vm} from "./Vm.sol";

/// @notice A stranger who pays chooses the gas. Whatever it is, a batch reverts whole, or records every good statement and
/// refuses the bad one alone.
contract AttacksGasTest is Samples {
    uint256 private constant BAD = 1;
    /// @dev A transaction's own costs come before the ledger is called.
    uint256 private constant LEAST = 20_000;

    bytes private batch;
    uint256 private size;

    function call(FacilityRegistration memory statement, bytes memory authority)
        private
        view
        returns (bytes memory)
    {
        return abi.encodeCall(ledger.recordFacilityRegistration, (statement, authority));
    }

    function call(Production memory statement) private view returns (bytes memory) {
        bytes memory authority = signed(statement.custodian, idOf(statement));
        return abi.encodeCall(ledger.recordProduction, (statement, birthsOf(none()), authority));
    }

    /// @dev Never recorded: its author is no party.
    function bad() private view returns (bytes memory) {
        FacilityRegistration memory statement = registration(stranger, FacilityKind.STORAGE);
        return call(statement, signed(stranger, idOf(statement)));
    }

    /// @dev By a smart account that takes so much gas to answer.
    function slow(uint256 needed, uint256 signatureLength) private returns (bytes memory) {
        address wallet = address(new Toiler(needed));
        admit(wallet);
        return call(registration(wallet, FacilityKind.STORAGE), new bytes(signatureLength));
    }

    function many(uint256 outputs) private view returns (bytes memory) {
        Output[] memory made = new Output[](outputs);
        for (uint256 i; i < outputs; ++i) made[i] = goods(10 * KG, primaryCobalt(KG));
        return call(production(miner, mine, Process.EXTRACT, none(), made));
    }

    function prepare(bytes[] memory calls) private {
        batch = abi.encodeCall(ledger.submit, (calls));
        size = calls.length;
    }

    /// @dev Sends the batch with so much gas, checks what came of it, and undoes it.
    /// @param refused How many of the batch's calls are bad; the first of them is at BAD.
    function tryWith(uint256 gasLimit, uint256 refused) private returns (bool done) {
        uint256 before = vm.snapshotState();
        vm.recordLogs();
        bytes memory reason;
        (done, reason) = address(ledger).call{gas: gasLimit}(batch);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        if (done) {
            assertEq(logs.length, size, "events");
            for (uint256 i; i < logs.length; ++i) {
                bool isRefused = logs[i].topics[0] == IMaterialLedger.Refused.selector;
                assertEq(isRefused, refused > 0 && i == BAD, "a good statement refused");
            }
        } else {
            assertTrue(reason.length == 0 || bytes4(reason) == IParties.GasTooLow.selector, "another reason");
        }
        vm.revertToState(before);
    }

    /// @dev From too little to enough, in steps that no cost is a multiple of.
    function sweep(uint256 highest, uint256 step, uint256 refused) private {
        uint256 failures;
        uint256 successes;
        for (uint256 gasLimit = LEAST; gasLimit < highest; gasLimit += step) {
            if (tryWith(gasLimit, refused)) ++successes;
            else ++failures;
        }
        assertGt(failures, 0, "low enough");
        assertGt(successes, 0, "high enough");
    }

    function test_batch_of_all_sorts() public {
        bytes[] memory calls = new bytes[](5);
        calls[0] = many(8);
        calls[BAD] = bad();
        calls[2] = slow(390_000, 65);
        calls[3] = signedCall(sample(Kind.Attestation));
        calls[4] = signedCall(sample(Kind.Dispatch));
        prepare(calls);
        sweep(2_000_000, 5_003, 1);
    }

    function test_bad_statement_last() public {
        bytes[] memory calls = new bytes[](2);
        (calls[0], calls[BAD]) = (many(2), bad());
        prepare(calls);
        sweep(400_000, 997, 1);
    }

    function test_good_statement_alone() public {
        bytes[] memory calls = new bytes[](1);
        calls[0] = many(1);
        prepare(calls);
        sweep(250_000, 211, 0);
    }

    /// @dev Much is hashed before the signature is checked: what is left when ecrecover lacks gas is a little.
    function test_good_statement_that_hashes_much_first() public {
        bytes[] memory calls = new bytes[](1);
        calls[0] = many(40);
        prepare(calls);
        for (uint256 gasLimit = 50_000; gasLimit < 200_000; gasLimit += 101) assertFalse(tryWith(gasLimit, 0));
        assertTrue(tryWith(3_000_000, 0));
    }

    /// @dev The later it runs out, the more is left: never so much that it could pass for a refusal.
    function test_I15_good_statement_that_runs_out_late() public {
        bytes[] memory calls = new bytes[](1);
        calls[0] = many(40);
        prepare(calls);
        for (uint256 gasLimit = 200_000; gasLimit < 1_000_000; gasLimit += 9_973) {
            assertFalse(tryWith(gasLimit, 0));
        }
    }

    function test_smart_account_alone() public {
        bytes[] memory calls = new bytes[](1);
        calls[0] = slow(398_000, 65);
        prepare(calls);
        sweep(700_000, 1_009, 0);
    }

    function test_smart_account_with_a_large_signature() public {
        bytes[] memory calls = new bytes[](1);
        calls[0] = slow(398_000, 50_000);
        prepare(calls);
        sweep(900_000, 1_009, 0);
    }

    function test_batch_in_a_batch() public {
        bytes[] memory inner = new bytes[](2);
        (inner[0], inner[1]) = (many(2), slow(398_000, 65));
        bytes[] memory calls = new bytes[](1);
        calls[0] = abi.encodeCall(ledger.submit, (inner));
        prepare(calls);
        size = 2;
        sweep(1_000_000, 2_003, 0);
    }

    function testFuzz_I15_any_gas(uint256 gasLimit) public {
        bytes[] memory calls = new bytes[](3);
        (calls[0], calls[BAD], calls[2]) = (many(3), bad(), slow(300_000, 65));
        prepare(calls);
        tryWith(bound(gasLimit, LEAST, 1_200_000), 1);
    }

    /// @dev Alone, without a batch, lack of gas is an error of its own and not SignatureInvalid.
    function test_smart_account_sent_alone_is_never_found_invalid() public {
        bytes memory alone = slow(398_000, 50_000);
        for (uint256 gasLimit = 400_000; gasLimit < 700_000; gasLimit += 2_003) {
            uint256 before = vm.snapshotState();
            (bool done, bytes memory reason) = address(ledger).call{gas: gasLimit}(alone);
            bool isHonest = done || reason.length == 0 || bytes4(reason) == IParties.GasTooLow.selector;
            assertTrue(isHonest, "found invalid for lack of gas");
            vm.revertToState(before);
        }
    }
}
