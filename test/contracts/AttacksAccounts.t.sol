// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FacilityKind} from "../../contracts/Codes.sol";
import {FacilityId, FacilityRegistration, StatementId} from "../../contracts/Types.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Hostile, Toiler, Trick} from "./Hostile.sol";
import {Kind, Sample, Samples} from "./Samples.sol";
import {Vm} from "./Vm.sol";
import {Wallet} from "./Wallet.sol";

/// @notice Smart accounts that mean harm, and accounts that are both: a key pair and code (EIP-7702).
contract AttacksAccountsTest is Samples {
    /// @dev What a refusal may cost in all: the 400,000 that the account gets, and as much as an honest one takes.
    uint256 private constant MAX_GAS = 500_000;

    function hostile(Trick trick) private returns (address made) {
        made = address(new Hostile(trick));
        admit(made);
    }

    function site(address operator) private view returns (FacilityRegistration memory) {
        return registration(operator, FacilityKind.STORAGE);
    }

    function call(FacilityRegistration memory statement, bytes memory authority)
        private
        view
        returns (bytes memory)
    {
        return abi.encodeCall(ledger.recordFacilityRegistration, (statement, authority));
    }

    function exists(FacilityRegistration memory statement) private view returns (bool) {
        FacilityId facility = FacilityId.wrap(StatementId.unwrap(idOf(statement)));
        return ledger.facilityState(facility).operator != address(0);
    }

    function assertInvalid(Trick trick) private {
        assertInvalid(hostile(trick));
    }

    function assertInvalid(address wallet) private {
        FacilityRegistration memory statement = site(wallet);
        bytes memory refusal =
            abi.encodeWithSelector(IParties.SignatureInvalid.selector, statement.operator, idOf(statement));
        bytes memory attempt = call(statement, "");
        uint256 before = gasleft();
        (bool done, bytes memory reason) = submitted(attempt);
        assertLt(before - gasleft(), MAX_GAS);
        assertFalse(done);
        assertEq(reason, refusal);
        assertFalse(exists(statement));
    }

    // ── Re-entrance ──

    /// @dev The account calls the ledger back with a statement that would be recorded if it were allowed to write.
    function assertNotReentered(bytes memory inner, StatementId innerId) private {
        address wallet = hostile(Trick.CallBack);
        Hostile(payable(wallet)).setCall(address(ledger), inner);
        FacilityRegistration memory statement = site(wallet);
        vm.recordLogs();
        ledger.recordFacilityRegistration(statement, "");
        Vm.Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, 1);
        assertEq(logs[0].topics[1], StatementId.unwrap(idOf(statement)));
        assertTrue(exists(statement));
        assertEq(ledger.facilityState(FacilityId.wrap(StatementId.unwrap(innerId))).operator, address(0));
    }

    function test_account_cannot_record_while_it_is_asked() public {
        FacilityRegistration memory inner = site(maker);
        assertNotReentered(call(inner, signed(maker, idOf(inner))), idOf(inner));
    }

    function test_account_cannot_submit_a_batch_while_it_is_asked() public {
        FacilityRegistration memory inner = site(maker);
        bytes[] memory calls = new bytes[](1);
        calls[0] = call(inner, signed(maker, idOf(inner)));
        assertNotReentered(abi.encodeCall(ledger.submit, (calls)), idOf(inner));
    }

    function test_account_cannot_record_the_same_statement_twice() public {
        address wallet = hostile(Trick.CallBack);
        FacilityRegistration memory statement = site(wallet);
        Hostile(payable(wallet)).setCall(address(ledger), call(statement, ""));
        vm.recordLogs();
        ledger.recordFacilityRegistration(statement, "");
        assertEq(vm.getRecordedLogs().length, 1);
    }

    // ── Bombs ──

    function test_account_that_burns_all_gas_refused_SignatureInvalid() public {
        assertInvalid(Trick.BurnAll);
    }

    function test_account_that_returns_a_megabyte_refused_SignatureInvalid() public {
        assertInvalid(Trick.ReturnTooMuch);
    }

    function test_account_that_reverts_with_a_megabyte_refused_SignatureInvalid() public {
        assertInvalid(Trick.RevertTooMuch);
    }

    function test_account_that_reverts_with_what_it_can_afford_refused_SignatureInvalid() public {
        assertInvalid(Trick.RevertMuch);
    }

    /// @dev Its first word says yes, so that it signed: the rest is not copied, and costs the ledger nothing.
    function test_long_answer_is_not_copied() public {
        FacilityRegistration memory statement = site(hostile(Trick.ReturnMuch));
        uint256 before = gasleft();
        ledger.recordFacilityRegistration(statement, "");
        assertLt(before - gasleft(), MAX_GAS);
        assertTrue(exists(statement));
    }

    function test_account_that_fails_an_assertion_refused_SignatureInvalid() public {
        assertInvalid(Trick.FailAssertion);
    }

    // ── Writes ──

    function test_account_that_destroys_itself_refused_SignatureInvalid() public {
        address wallet = hostile(Trick.AnswerNothing);
        // CALLER, SELFDESTRUCT.
        vm.etch(wallet, hex"33ff");
        assertInvalid(wallet);
        assertEq(wallet.code, hex"33ff");
    }

    function test_account_that_writes_refused_SignatureInvalid() public {
        assertInvalid(Trick.WriteStorage);
    }

    function test_account_that_logs_refused_SignatureInvalid() public {
        assertInvalid(Trick.Log);
    }

    // ── Answers ──

    function test_answer_of_31_bytes_refused_SignatureInvalid() public {
        assertInvalid(Trick.AnswerShort);
    }

    function test_no_answer_refused_SignatureInvalid() public {
        assertInvalid(Trick.AnswerNothing);
    }

    function test_account_that_left_refused_SignatureInvalid() public {
        address gone = address(new Wallet(stranger));
        admit(gone);
        vm.etch(gone, "");
        FacilityRegistration memory statement = site(gone);
        bytes memory refusal = abi.encodeWithSelector(IParties.SignatureInvalid.selector, gone, idOf(statement));
        assertRefused(call(statement, signed(stranger, idOf(statement))), refusal);
    }

    // ── Gas ──

    function test_account_may_take_nearly_400_000_gas() public {
        address slow = address(new Toiler(398_000));
        admit(slow);
        assertRecorded(call(site(slow), ""));
    }

    function test_account_that_takes_more_refused_SignatureInvalid() public {
        address slow = address(new Toiler(401_000));
        admit(slow);
        FacilityRegistration memory statement = site(slow);
        assertRefused(
            call(statement, ""),
            abi.encodeWithSelector(IParties.SignatureInvalid.selector, slow, idOf(statement))
        );
    }

    function test_account_asked_with_less_gas_refused_GasTooLow() public {
        address slow = address(new Toiler(1_000));
        admit(slow);
        bytes memory attempt = call(site(slow), "");
        (bool done, bytes memory reason) = address(ledger).call{gas: 410_000}(attempt);
        assertFalse(done);
        assertEq(reason, abi.encodeWithSelector(IParties.GasTooLow.selector));
        assertRecorded(attempt);
    }

    // ── Key pairs whose account has code ──

    /// @dev EIP-7702: the account's code names another contract.
    function test_key_signs_each_type_though_its_account_has_code() public {
        bytes memory designator = abi.encodePacked(hex"ef0100", address(new Hostile(Trick.BurnAll)));
        address[3] memory authors = [miner, refiner, auditor];
        for (uint256 i; i < authors.length; ++i) vm.etch(authors[i], designator);
        for (uint256 i; i < KINDS; ++i) {
            uint256 before = vm.snapshotState();
            Sample memory made = sample(Kind(i));
            assertRecorded(signedCall(made));
            vm.revertToState(before);
        }
    }

    function test_account_with_a_key_answers_for_itself_as_well() public {
        vm.etch(maker, address(new Wallet(stranger)).code);
        FacilityRegistration memory statement = site(maker);
        assertRecorded(call(statement, signed(stranger, idOf(statement))));
        statement.country = 246;
        assertRecorded(call(statement, signed(maker, idOf(statement))));
    }
}
