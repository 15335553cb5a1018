// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Scope} from "../../contracts/Codes.sol";
import {Delegation, DelegationState, StatementId} from "../../contracts/Types.sol";
import {IKeys} from "../../contracts/interfaces/IKeys.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Kind, Sample, Samples} from "./Samples.sol";
import {Vm} from "./Vm.sol";
import {Wallet} from "./Wallet.sol";

/// @notice Who else may sign for a party, what, and until when.
contract DelegationsTest is Samples {
    address private phone = account("phone");

    function setUp() public override {
        super.setUp();
        device = phone;
    }

    /// @dev To the phone, from the sample's author, issued now.
    function delegate(address party, uint16 scope) private {
        vm.warp(timeNow() + 2);
        record(delegation(party, phone, scope));
    }

    function ended(address party, uint40 validUntil) private view returns (bytes memory) {
        return abi.encodeWithSelector(IKeys.DelegationEnded.selector, party, phone, validUntil);
    }

    // ── Scopes ──

    /// @dev The last bit of the union is that of the last type: no type is left out.
    function test_each_type_is_signed_within_its_scope() public {
        uint16 seen;
        for (uint256 i; i < KINDS; ++i) {
            Sample memory made = sample(Kind(i));
            if (made.scope == Scope.NONE) continue;
            delegate(made.author, made.scope);
            vm.recordLogs();
            assertRecorded(signedCall(made, phone));
            Vm.Log[] memory logs = vm.getRecordedLogs();
            assertEq(assertHonest(logs[logs.length - 1]).signer, phone);
            seen |= made.scope;
        }
        assertEq(seen, Scope.ALL);
    }

    function test_each_type_refused_DelegationOutOfScope_with_every_other_scope() public {
        for (uint256 i; i < KINDS; ++i) {
            Sample memory made = sample(Kind(i));
            if (made.scope == Scope.NONE) continue;
            uint16 others = Scope.ALL ^ made.scope;
            delegate(made.author, others);
            bytes memory refusal = abi.encodeWithSelector(
                IKeys.DelegationOutOfScope.selector, made.author, phone, others, made.scope
            );
            assertRefused(signedCall(made, phone), refusal);
        }
    }

    function test_keys_and_delegations_refused_SignatureInvalid_whatever_the_scope() public {
        for (uint256 i = uint256(Kind.Delegation); i < KINDS; ++i) {
            Sample memory made = sample(Kind(i));
            delegate(made.author, Scope.ALL);
            bytes memory refusal =
                abi.encodeWithSelector(IParties.SignatureInvalid.selector, made.author, made.id);
            assertRefused(signedCall(made, phone), refusal);
        }
    }

    function test_each_type_refused_DelegationEnded_once_ended() public {
        for (uint256 i; i < KINDS; ++i) {
            Sample memory made = sample(Kind(i));
            if (made.scope == Scope.NONE) continue;
            delegate(made.author, Scope.ALL);
            Delegation memory end = delegation(made.author, phone, Scope.NONE);
            (end.validUntil, end.issuedAt) = (0, timeNow() + 1);
            record(end);
            assertRefused(signedCall(made, phone), ended(made.author, 0));
        }
    }

    function test_each_type_refused_DelegationEnded_with_the_key_that_signed_it() public {
        for (uint256 i; i < KINDS; ++i) {
            Sample memory made = sample(Kind(i));
            if (made.scope == Scope.NONE) continue;
            uint256 before = vm.snapshotState();
            delegate(made.author, Scope.ALL);
            uint40 end = timeNow() + 30 days;
            record(replacement(made.author, stranger));
            assertRefused(signedCall(made, phone), ended(made.author, end));
            vm.revertToState(before);
        }
    }

    function test_holds_until_the_second_before_validUntil() public {
        record(delegation(miner, phone, Scope.PRODUCTION));
        Sample memory made = sample(Kind.Production);
        Delegation memory short = delegation(miner, phone, Scope.PRODUCTION);
        (short.validUntil, short.issuedAt) = (START + 1 hours, START + 1);
        record(short);
        vm.warp(START + 1 hours);
        assertRefused(signedCall(made, phone), ended(miner, START + 1 hours));
        vm.warp(START + 1 hours - 1);
        assertRecorded(signedCall(made, phone));
    }

    function test_delegate_of_one_party_refused_SignatureInvalid_for_another() public {
        Sample memory made = sample(Kind.Production);
        delegate(maker, Scope.ALL);
        bytes memory refusal = abi.encodeWithSelector(IParties.SignatureInvalid.selector, miner, made.id);
        assertRefused(signedCall(made, phone), refusal);
    }

    function test_smart_account_refused_SignatureInvalid_as_a_delegate() public {
        address wallet = address(new Wallet(phone));
        record(delegation(miner, wallet, Scope.ALL));
        Sample memory made = sample(Kind.Production);
        bytes memory refusal = abi.encodeWithSelector(IParties.SignatureInvalid.selector, miner, made.id);
        assertRefused(signedCall(made, phone), refusal);
    }

    function test_delegate_of_a_suspended_party_refused_PartyIsSuspended() public {
        Sample memory made = sample(Kind.Production);
        delegate(miner, Scope.ALL);
        suspend(miner);
        bytes memory refusal = abi.encodeWithSelector(IParties.PartyIsSuspended.selector, miner);
        assertRefused(signedCall(made, phone), refusal);
    }

    // ── Recorded ──

    function test_event_and_state() public {
        Delegation memory statement = delegation(miner, phone, Scope.ALL);
        StatementId id = idOf(statement);
        bytes memory authority = signed(miner, id);
        vm.expectEmit(address(ledger));
        emit IKeys.DelegationRecorded(id, statement, miner, authority);
        ledger.recordDelegation(statement, authority);
        DelegationState memory state = ledger.delegationState(miner, phone);
        assertEq(state.scope, Scope.ALL);
        assertEq(state.validUntil, statement.validUntil);
        assertEq(state.issuedAt, START);
        assertEq(state.keyNumber, 1);
    }

    function test_last_one_takes_the_place_of_those_before() public {
        record(delegation(miner, phone, Scope.ALL));
        delegate(miner, Scope.DISPATCH);
        assertEq(ledger.delegationState(miner, phone).scope, Scope.DISPATCH);
    }

    function test_new_key_delegates_anew() public {
        delegate(miner, Scope.ALL);
        record(replacement(miner, stranger));
        Delegation memory again = delegation(miner, phone, Scope.ALL);
        again.issuedAt = timeNow() + 1;
        ledger.recordDelegation(again, signed(stranger, idOf(again)));
        assertEq(ledger.delegationState(miner, phone).keyNumber, 2);
        assertRecorded(signedCall(sample(Kind.FacilityRegistration), phone));
    }

    function test_suspended_party_ends_a_delegation() public {
        delegate(miner, Scope.ALL);
        suspend(miner);
        Delegation memory end = delegation(miner, phone, Scope.NONE);
        (end.validUntil, end.issuedAt) = (0, timeNow() + 1);
        record(end);
        assertEq(ledger.delegationState(miner, phone).validUntil, 0);
    }

    // ── Refused ──

    function test_refused_PartyIsSuspended() public {
        suspend(miner);
        bytes memory refusal = abi.encodeWithSelector(IParties.PartyIsSuspended.selector, miner);
        refuse(delegation(miner, phone, Scope.ALL), refusal);
    }

    function test_refused_PartyUnknown() public {
        bytes memory refusal = abi.encodeWithSelector(IParties.PartyUnknown.selector, stranger);
        refuse(delegation(stranger, phone, Scope.ALL), refusal);
    }

    function test_refused_AccountIsZero() public {
        bytes memory refusal = abi.encodeWithSelector(IParties.AccountIsZero.selector);
        refuse(delegation(miner, address(0), Scope.ALL), refusal);
    }

    function test_refused_ScopeUnknown_none() public {
        bytes memory refusal = abi.encodeWithSelector(IKeys.ScopeUnknown.selector, Scope.NONE);
        refuse(delegation(miner, phone, Scope.NONE), refusal);
    }

    function test_refused_ScopeUnknown_above() public {
        Delegation memory statement = delegation(miner, phone, Scope.ALL + 1);
        bytes memory refusal = abi.encodeWithSelector(IKeys.ScopeUnknown.selector, Scope.ALL + 1);
        refuse(statement, refusal);
        statement.validUntil = 0;
        refuse(statement, refusal);
    }

    function test_refused_DelegationNotLater() public {
        Delegation memory statement = delegation(miner, phone, Scope.ALL);
        record(statement);
        bytes memory refusal = abi.encodeWithSelector(IKeys.DelegationNotLater.selector, START, START);
        refuse(statement, refusal);
        statement.scope = Scope.DISPATCH;
        refuse(statement, refusal);
        --statement.issuedAt;
        refuse(statement, abi.encodeWithSelector(IKeys.DelegationNotLater.selector, START, START - 1));
    }

    function test_refused_DelegationNotLater_issued_at_0() public {
        Delegation memory statement = delegation(miner, phone, Scope.ALL);
        statement.issuedAt = 0;
        refuse(statement, abi.encodeWithSelector(IKeys.DelegationNotLater.selector, uint40(0), uint40(0)));
    }

    /// @dev Signed before it was ended, and shown after: it does not come back.
    function test_old_delegation_refused_DelegationNotLater_after_its_end() public {
        Delegation memory kept = delegation(miner, phone, Scope.ALL);
        Delegation memory end = delegation(miner, phone, Scope.NONE);
        (end.validUntil, end.issuedAt) = (0, START + 1);
        record(end);
        refuse(kept, abi.encodeWithSelector(IKeys.DelegationNotLater.selector, START + 1, START));
    }

    function test_refused_OccurredInFuture() public {
        Delegation memory statement = delegation(miner, phone, Scope.ALL);
        statement.issuedAt = START + 15 minutes + 1;
        bytes memory refusal = abi.encodeWithSelector(
            IParties.OccurredInFuture.selector, START + 15 minutes, statement.issuedAt
        );
        refuse(statement, refusal);
        statement.issuedAt = START + 15 minutes;
        record(statement);
    }

    function test_refused_SignatureInvalid_signed_by_the_delegate() public {
        delegate(miner, Scope.ALL);
        Delegation memory longer = delegation(miner, phone, Scope.ALL);
        longer.issuedAt = timeNow() + 1;
        bytes memory authority = signed(phone, idOf(longer));
        vm.expectRevert(abi.encodeWithSelector(IParties.SignatureInvalid.selector, miner, idOf(longer)));
        ledger.recordDelegation(longer, authority);
    }
}
