// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {PartyState} from "../../contracts/Types.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Base} from "./Base.sol";

contract PartiesTest is Base {
    bytes32 private constant EVIDENCE = keccak256("evidence");

    function refuseFrom(address caller, bytes memory call, bytes memory refusal) private {
        vm.prank(caller);
        vm.expectRevert(refusal);
        (bool done,) = address(ledger).call(call);
        assertTrue(done, "reverted as expected");
    }

    function unauthorized(address caller, bytes32 role) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, caller, role);
    }

    // ── Admission ──

    function test_admit_lets_a_party_sign() public {
        vm.expectEmit(address(ledger));
        emit IParties.PartyAdmitted(stranger, EVIDENCE);
        vm.prank(registrar);
        ledger.admit(stranger, EVIDENCE);
        PartyState memory state = ledger.partyState(stranger);
        assertEq(state.key, stranger);
        assertFalse(state.suspended);
    }

    function test_admit_refused_by_anyone_else() public {
        bytes memory call = abi.encodeCall(ledger.admit, (stranger, 0));
        refuseFrom(accreditor, call, unauthorized(accreditor, ledger.REGISTRAR()));
    }

    function test_admit_refused_AccountIsZero() public {
        bytes memory refusal = abi.encodeWithSelector(IParties.AccountIsZero.selector);
        refuseFrom(registrar, abi.encodeCall(ledger.admit, (address(0), 0)), refusal);
    }

    function test_admit_refused_PartyAlreadyAdmitted() public {
        bytes memory refusal = abi.encodeWithSelector(IParties.PartyAlreadyAdmitted.selector, miner);
        refuseFrom(registrar, abi.encodeCall(ledger.admit, (miner, 0)), refusal);
    }

    // ── Suspension ──

    function test_suspend_and_reinstate() public {
        vm.expectEmit(address(ledger));
        emit IParties.PartySuspended(miner, EVIDENCE);
        vm.prank(registrar);
        ledger.suspend(miner, EVIDENCE);
        assertTrue(ledger.partyState(miner).suspended);
        vm.expectEmit(address(ledger));
        emit IParties.PartyReinstated(miner, EVIDENCE);
        vm.prank(registrar);
        ledger.reinstate(miner, EVIDENCE);
        assertFalse(ledger.partyState(miner).suspended);
    }

    function test_suspend_refused_by_anyone_else() public {
        bytes memory call = abi.encodeCall(ledger.suspend, (miner, 0));
        refuseFrom(miner, call, unauthorized(miner, ledger.REGISTRAR()));
    }

    function test_suspend_refused_PartyUnknown() public {
        bytes memory refusal = abi.encodeWithSelector(IParties.PartyUnknown.selector, stranger);
        refuseFrom(registrar, abi.encodeCall(ledger.suspend, (stranger, 0)), refusal);
    }

    function test_suspend_refused_PartyIsSuspended() public {
        suspend(miner);
        bytes memory refusal = abi.encodeWithSelector(IParties.PartyIsSuspended.selector, miner);
        refuseFrom(registrar, abi.encodeCall(ledger.suspend, (miner, 0)), refusal);
    }

    function test_reinstate_refused_by_anyone_else() public {
        bytes memory call = abi.encodeCall(ledger.reinstate, (miner, 0));
        refuseFrom(miner, call, unauthorized(miner, ledger.REGISTRAR()));
    }

    function test_reinstate_refused_PartyUnknown() public {
        bytes memory refusal = abi.encodeWithSelector(IParties.PartyUnknown.selector, stranger);
        refuseFrom(registrar, abi.encodeCall(ledger.reinstate, (stranger, 0)), refusal);
    }

    function test_reinstate_refused_PartyIsNotSuspended() public {
        bytes memory refusal = abi.encodeWithSelector(IParties.PartyIsNotSuspended.selector, miner);
        refuseFrom(registrar, abi.encodeCall(ledger.reinstate, (miner, 0)), refusal);
    }

    // ── Accreditation ──

    function test_accredit_and_withdraw() public {
        vm.expectEmit(address(ledger));
        emit IParties.AuditorAccredited(auditor, "IRMA", EVIDENCE);
        vm.prank(accreditor);
        ledger.accredit(auditor, "IRMA", EVIDENCE);
        assertTrue(ledger.isAccredited(auditor, "IRMA"));
        assertFalse(ledger.isAccredited(miner, "IRMA"));
        vm.expectEmit(address(ledger));
        emit IParties.AccreditationWithdrawn(auditor, "IRMA", EVIDENCE);
        vm.prank(accreditor);
        ledger.withdrawAccreditation(auditor, "IRMA", EVIDENCE);
        assertFalse(ledger.isAccredited(auditor, "IRMA"));
        assertTrue(ledger.isAccredited(auditor, SCHEME));
    }

    function test_accredit_refused_by_anyone_else() public {
        bytes memory call = abi.encodeCall(ledger.accredit, (auditor, "IRMA", 0));
        refuseFrom(registrar, call, unauthorized(registrar, ledger.ACCREDITOR()));
    }

    function test_accredit_refused_SchemeEmpty() public {
        bytes memory refusal = abi.encodeWithSelector(IParties.SchemeEmpty.selector);
        refuseFrom(accreditor, abi.encodeCall(ledger.accredit, (auditor, "", 0)), refusal);
    }

    function test_accredit_refused_PartyUnknown() public {
        bytes memory refusal = abi.encodeWithSelector(IParties.PartyUnknown.selector, stranger);
        refuseFrom(accreditor, abi.encodeCall(ledger.accredit, (stranger, "IRMA", 0)), refusal);
    }

    function test_accredit_refused_AuditorAlreadyAccredited() public {
        bytes memory refusal = abi.encodeWithSelector(IParties.AuditorAlreadyAccredited.selector, auditor, SCHEME);
        refuseFrom(accreditor, abi.encodeCall(ledger.accredit, (auditor, SCHEME, 0)), refusal);
    }

    function test_withdraw_refused_by_anyone_else() public {
        bytes memory call = abi.encodeCall(ledger.withdrawAccreditation, (auditor, SCHEME, 0));
        refuseFrom(registrar, call, unauthorized(registrar, ledger.ACCREDITOR()));
    }

    function test_withdraw_refused_AuditorNotAccredited() public {
        bytes memory refusal = abi.encodeWithSelector(IParties.AuditorNotAccredited.selector, auditor, "IRMA");
        refuseFrom(accreditor, abi.encodeCall(ledger.withdrawAccreditation, (auditor, "IRMA", 0)), refusal);
    }

    // ── Roles ──

    function test_each_role_hands_itself_on() public {
        bytes32 role = ledger.REGISTRAR();
        vm.prank(registrar);
        ledger.grantRole(role, stranger);
        vm.prank(stranger);
        ledger.revokeRole(role, registrar);
        assertTrue(ledger.hasRole(role, stranger));
        assertFalse(ledger.hasRole(role, registrar));
    }

    function test_neither_role_takes_the_other() public {
        bytes32 registers = ledger.REGISTRAR();
        bytes32 accredits = ledger.ACCREDITOR();
        bytes memory take = abi.encodeCall(ledger.grantRole, (accredits, registrar));
        refuseFrom(registrar, take, unauthorized(registrar, accredits));
        take = abi.encodeCall(ledger.grantRole, (registers, accreditor));
        refuseFrom(accreditor, take, unauthorized(accreditor, registers));
    }

    function test_nobody_is_admin_of_both() public view {
        assertFalse(ledger.hasRole(ledger.DEFAULT_ADMIN_ROLE(), registrar));
        assertFalse(ledger.hasRole(ledger.DEFAULT_ADMIN_ROLE(), accreditor));
        assertEq(ledger.getRoleAdmin(ledger.REGISTRAR()), ledger.REGISTRAR());
        assertEq(ledger.getRoleAdmin(ledger.ACCREDITOR()), ledger.ACCREDITOR());
    }
}
