// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {FacilityKind, Scope} from "../../contracts/Codes.sol";
import {
    FacilityRegistration,
    KeyObjection,
    KeyProposal,
    KeyReplacement,
    PartyState,
    StatementId
} from "../../contracts/Types.sol";
import {IKeys} from "../../contracts/interfaces/IKeys.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Base} from "./Base.sol";
import {Wallet} from "./Wallet.sol";

/// @notice How a party's key is replaced: by itself at once, or by the registrar unless the party objects. Its id stays.
contract KeysTest is Base {
    bytes32 private constant EVIDENCE = keccak256("court order");
    address private spare = account("spare");

    function propose(address party, address key) private {
        vm.prank(registrar);
        ledger.proposeKey(party, key, EVIDENCE);
    }

    function assertKey(address party, address key, uint32 number) private view {
        PartyState memory state = ledger.partyState(party);
        assertEq(state.key, key);
        assertEq(state.keyNumber, number);
    }

    function assertProposal(address party, address key, uint40 effectiveAt) private view {
        KeyProposal memory proposal = ledger.keyProposal(party);
        assertEq(proposal.key, key);
        assertEq(proposal.effectiveAt, effectiveAt);
    }

    function refuseProposal(address party, address key, bytes memory refusal) private {
        vm.expectRevert(refusal);
        vm.prank(registrar);
        ledger.proposeKey(party, key, 0);
    }

    function proposalUnknown(address party, address key, uint40 effectiveAt) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IKeys.KeyProposalUnknown.selector, party, key, effectiveAt);
    }

    // ── Replaced by the party ──

    function test_replacement_counts_at_once_and_ends_the_old_key() public {
        KeyReplacement memory statement = replacement(miner, spare);
        StatementId id = idOf(statement);
        bytes memory authority = signed(miner, id);
        vm.expectEmit(address(ledger));
        emit IKeys.KeyReplacementRecorded(id, statement, miner, authority);
        ledger.recordKeyReplacement(statement, authority);
        assertKey(miner, spare, 2);
        FacilityRegistration memory site = registration(miner, FacilityKind.STORAGE);
        refuse(site, abi.encodeWithSelector(IParties.SignatureInvalid.selector, miner, idOf(site)));
        ledger.recordFacilityRegistration(site, signed(spare, idOf(site)));
    }

    function test_key_may_become_a_smart_account() public {
        address wallet = address(new Wallet(spare));
        record(replacement(miner, wallet));
        assertKey(miner, wallet, 2);
        FacilityRegistration memory site = registration(miner, FacilityKind.STORAGE);
        ledger.recordFacilityRegistration(site, signed(spare, idOf(site)));
    }

    function test_key_returns_under_another_number() public {
        record(replacement(miner, spare));
        KeyReplacement memory back = replacement(miner, miner);
        ledger.recordKeyReplacement(back, signed(spare, idOf(back)));
        assertKey(miner, miner, 3);
    }

    function test_replacement_ends_delegations_though_the_key_returns() public {
        record(delegation(miner, stranger, Scope.ALL));
        record(replacement(miner, spare));
        KeyReplacement memory back = replacement(miner, miner);
        ledger.recordKeyReplacement(back, signed(spare, idOf(back)));
        FacilityRegistration memory site = registration(miner, FacilityKind.STORAGE);
        bytes memory authority = signed(stranger, idOf(site));
        vm.expectRevert(abi.encodeWithSelector(IKeys.DelegationEnded.selector, miner, stranger, START + 30 days));
        ledger.recordFacilityRegistration(site, authority);
    }

    function test_replacement_closes_a_proposal() public {
        propose(miner, stranger);
        record(replacement(miner, spare));
        assertProposal(miner, address(0), START + 7 days);
        vm.warp(START + 7 days);
        vm.expectRevert(proposalUnknown(miner, address(0), 0));
        ledger.completeKeyProposal(miner);
    }

    function test_replacement_refused_KeyUnchanged() public {
        refuse(replacement(miner, miner), abi.encodeWithSelector(IKeys.KeyUnchanged.selector, miner, miner));
    }

    function test_replacement_refused_KeyUnchanged_of_a_key_that_is_not_the_first() public {
        record(replacement(miner, spare));
        keyOf[miner] = keyOf[spare];
        refuse(replacement(miner, spare), abi.encodeWithSelector(IKeys.KeyUnchanged.selector, miner, spare));
        refuseProposal(miner, spare, abi.encodeWithSelector(IKeys.KeyUnchanged.selector, miner, spare));
    }

    function test_replacement_refused_AccountIsZero() public {
        refuse(replacement(miner, address(0)), abi.encodeWithSelector(IParties.AccountIsZero.selector));
    }

    function test_replacement_refused_KeyNumberStale() public {
        KeyReplacement memory statement = replacement(miner, spare);
        statement.number = 3;
        refuse(statement, abi.encodeWithSelector(IKeys.KeyNumberStale.selector, uint32(2), uint32(3)));
        statement.number = 1;
        refuse(statement, abi.encodeWithSelector(IKeys.KeyNumberStale.selector, uint32(2), uint32(1)));
    }

    /// @dev The old key's statement does not count, even with the right number, nor does the same one a second time.
    function test_replacement_recorded_again_refused() public {
        KeyReplacement memory statement = replacement(miner, spare);
        record(statement);
        refuse(statement, abi.encodeWithSelector(IParties.SignatureInvalid.selector, miner, idOf(statement)));
        KeyReplacement memory back = replacement(miner, miner);
        ledger.recordKeyReplacement(back, signed(spare, idOf(back)));
        refuse(statement, abi.encodeWithSelector(IKeys.KeyNumberStale.selector, uint32(4), uint32(2)));
    }

    function test_replacement_refused_PartyIsSuspended() public {
        suspend(miner);
        bytes memory refusal = abi.encodeWithSelector(IParties.PartyIsSuspended.selector, miner);
        refuse(replacement(miner, spare), refusal);
    }

    function test_replacement_refused_PartyUnknown() public {
        bytes memory refusal = abi.encodeWithSelector(IParties.PartyUnknown.selector, stranger);
        refuse(replacement(stranger, spare), refusal);
    }

    // ── Proposed by the registrar ──

    function test_proposal_is_shown_with_its_date() public {
        vm.expectEmit(address(ledger));
        emit IKeys.KeyProposed(miner, spare, START + 7 days, EVIDENCE);
        propose(miner, spare);
        assertProposal(miner, spare, START + 7 days);
        assertKey(miner, miner, 1);
    }

    function test_anyone_completes_it_at_its_date_and_not_before() public {
        record(delegation(miner, stranger, Scope.ALL));
        propose(miner, spare);
        uint40 date = START + 7 days;
        vm.warp(date - 1);
        vm.expectRevert(abi.encodeWithSelector(IKeys.KeyProposalTooEarly.selector, date, uint256(date) - 1));
        ledger.completeKeyProposal(miner);
        vm.warp(date);
        vm.expectEmit(address(ledger));
        emit IKeys.KeyProposalCompleted(miner, spare, 2);
        vm.prank(stranger);
        ledger.completeKeyProposal(miner);
        assertKey(miner, spare, 2);
        assertProposal(miner, address(0), date);
        FacilityRegistration memory site = registration(miner, FacilityKind.STORAGE);
        bytes memory authority = signed(stranger, idOf(site));
        vm.expectRevert(abi.encodeWithSelector(IKeys.DelegationEnded.selector, miner, stranger, START + 30 days));
        ledger.recordFacilityRegistration(site, authority);
    }

    function test_completed_once() public {
        propose(miner, spare);
        vm.warp(START + 7 days);
        ledger.completeKeyProposal(miner);
        vm.expectRevert(proposalUnknown(miner, address(0), 0));
        ledger.completeKeyProposal(miner);
    }

    function test_completes_for_a_suspended_party_which_stays_suspended() public {
        propose(miner, spare);
        suspend(miner);
        vm.warp(START + 7 days);
        ledger.completeKeyProposal(miner);
        assertKey(miner, spare, 2);
        assertTrue(ledger.partyState(miner).suspended);
    }

    function test_later_proposal_takes_the_place_of_an_earlier_one() public {
        propose(miner, stranger);
        vm.warp(START + 1 days);
        propose(miner, spare);
        assertProposal(miner, spare, START + 8 days);
        vm.warp(START + 7 days);
        vm.expectRevert(abi.encodeWithSelector(IKeys.KeyProposalTooEarly.selector, START + 8 days, timeNow()));
        ledger.completeKeyProposal(miner);
    }

    /// @dev So that an objection, which names the date, fits one proposal only.
    function test_each_proposal_has_a_date_of_its_own() public {
        propose(miner, spare);
        KeyObjection memory statement = objection(miner);
        record(statement);
        propose(miner, spare);
        assertProposal(miner, spare, START + 7 days + 1);
        refuse(statement, proposalUnknown(miner, spare, START + 7 days));
    }

    function test_proposal_refused_by_anyone_else() public {
        bytes32 role = ledger.REGISTRAR();
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, accreditor, role)
        );
        vm.prank(accreditor);
        ledger.proposeKey(miner, spare, 0);
    }

    function test_proposal_refused_PartyUnknown() public {
        refuseProposal(stranger, spare, abi.encodeWithSelector(IParties.PartyUnknown.selector, stranger));
    }

    function test_proposal_refused_AccountIsZero() public {
        refuseProposal(miner, address(0), abi.encodeWithSelector(IParties.AccountIsZero.selector));
    }

    function test_proposal_refused_KeyUnchanged() public {
        refuseProposal(miner, miner, abi.encodeWithSelector(IKeys.KeyUnchanged.selector, miner, miner));
    }

    // ── Objected to ──

    function test_objection_voids_the_proposal() public {
        propose(miner, spare);
        KeyObjection memory statement = objection(miner);
        StatementId id = idOf(statement);
        bytes memory authority = signed(miner, id);
        vm.expectEmit(address(ledger));
        emit IKeys.KeyObjectionRecorded(id, statement, miner, authority);
        ledger.recordKeyObjection(statement, authority);
        assertProposal(miner, address(0), START + 7 days);
        vm.warp(START + 7 days);
        vm.expectRevert(proposalUnknown(miner, address(0), 0));
        ledger.completeKeyProposal(miner);
        assertKey(miner, miner, 1);
    }

    function test_suspended_party_objects() public {
        propose(miner, spare);
        suspend(miner);
        record(objection(miner));
        assertProposal(miner, address(0), START + 7 days);
    }

    function test_objection_counts_even_late_while_not_completed() public {
        propose(miner, spare);
        vm.warp(START + 8 days);
        record(objection(miner));
        assertProposal(miner, address(0), START + 7 days);
    }

    function test_objection_recorded_again_refused_KeyProposalUnknown() public {
        propose(miner, spare);
        KeyObjection memory statement = objection(miner);
        record(statement);
        refuse(statement, proposalUnknown(miner, spare, START + 7 days));
    }

    function test_objection_refused_KeyProposalUnknown() public {
        refuse(objection(miner), proposalUnknown(miner, address(0), 0));
        propose(miner, spare);
        KeyObjection memory statement = objection(miner);
        statement.key = stranger;
        refuse(statement, proposalUnknown(miner, stranger, START + 7 days));
        statement = objection(miner);
        ++statement.effectiveAt;
        refuse(statement, proposalUnknown(miner, spare, START + 7 days + 1));
    }

    function test_objection_refused_PartyUnknown() public {
        refuse(objection(stranger), abi.encodeWithSelector(IParties.PartyUnknown.selector, stranger));
    }
}
