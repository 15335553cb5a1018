// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Scope} from "./Codes.sol";
import {Parties} from "./Parties.sol";
import {
    Delegation,
    DelegationState,
    KeyObjection,
    KeyProposal,
    KeyReplacement,
    PartyState,
    StatementId
} from "./Types.sol";
import {IKeys} from "./interfaces/IKeys.sol";
import {Calldata, Sizes} from "./libraries/Calldata.sol";
import {Forms} from "./libraries/Forms.sol";
import {SmartAccount} from "./libraries/SmartAccount.sol";
import {Statements} from "./libraries/Statements.sol";
import {Words} from "./libraries/Words.sol";

/// @title The keys that sign for parties
abstract contract Keys is Parties, IKeys {
    uint256 private constant OBJECTION_PERIOD = 7 days;

    mapping(address party => mapping(address delegate => DelegationState)) private _delegations;
    mapping(address party => KeyProposal) private _proposals;

    /// @inheritdoc IKeys
    function recordDelegation(Delegation calldata statement, bytes calldata signature)
        external
        returns (StatementId id)
    {
        address signer;
        Forms.check(statement);
        PartyState memory state = _requireParty(statement.party);
        if (statement.validUntil != 0 && state.suspended) revert PartyIsSuspended(statement.party);
        (id, signer) =
            _authorize(statement.party, state, Scope.NONE, Statements.hash(statement), statement.recordBy, signature);
        _requireNotInFuture(statement.issuedAt);
        uint40 lastIssuedAt = _delegations[statement.party][statement.delegate].issuedAt;
        if (statement.issuedAt <= lastIssuedAt) revert DelegationNotLater(lastIssuedAt, statement.issuedAt);
        _delegations[statement.party][statement.delegate] =
            DelegationState(statement.scope, statement.validUntil, statement.issuedAt, state.keyNumber);
        Words.log(
            DelegationRecorded.selector,
            id,
            Calldata.startOf(statement),
            Sizes.DELEGATION,
            signer,
            signature
        );
    }

    /// @inheritdoc IKeys
    function recordKeyReplacement(KeyReplacement calldata statement, bytes calldata signature)
        external
        returns (StatementId id)
    {
        address signer;
        Forms.check(statement);
        PartyState memory author = _requireActive(statement.party);
        (id, signer) =
            _authorize(statement.party, author, Scope.NONE, Statements.hash(statement), statement.recordBy, signature);
        if (statement.key == author.key) revert KeyUnchanged(statement.party, statement.key);
        uint32 number = author.keyNumber + 1;
        if (statement.number != number) revert KeyNumberStale(number, statement.number);
        _replaceKey(statement.party, statement.key, number);
        Words.log(
            KeyReplacementRecorded.selector,
            id,
            Calldata.startOf(statement),
            Sizes.KEY_REPLACEMENT,
            signer,
            signature
        );
    }

    /// @inheritdoc IKeys
    function recordKeyObjection(KeyObjection calldata statement, bytes calldata signature)
        external
        returns (StatementId id)
    {
        address signer;
        PartyState memory author = _requireParty(statement.party);
        (id, signer) =
            _authorize(statement.party, author, Scope.NONE, Statements.hash(statement), statement.recordBy, signature);
        KeyProposal memory proposal = _proposals[statement.party];
        if (
            proposal.key == address(0) || proposal.key != statement.key
                || proposal.effectiveAt != statement.effectiveAt
        ) revert KeyProposalUnknown(statement.party, statement.key, statement.effectiveAt);
        _closeProposal(statement.party);
        Words.log(
            KeyObjectionRecorded.selector,
            id,
            Calldata.startOf(statement),
            Sizes.KEY_OBJECTION,
            signer,
            signature
        );
    }

    /// @inheritdoc IKeys
    function proposeKey(address party, address key, bytes32 evidence) external onlyRole(REGISTRAR) {
        Forms.checkKey(key);
        if (_requireParty(party).key == key) revert KeyUnchanged(party, key);
        uint40 effectiveAt = _nextProposalDate(party);
        _proposals[party] = KeyProposal(key, effectiveAt);
        emit KeyProposed(party, key, effectiveAt, evidence);
    }

    /// @inheritdoc IKeys
    function completeKeyProposal(address party) external {
        KeyProposal memory proposal = _proposals[party];
        if (proposal.key == address(0)) revert KeyProposalUnknown(party, address(0), 0);
        if (block.timestamp < proposal.effectiveAt) {
            revert KeyProposalTooEarly(proposal.effectiveAt, block.timestamp);
        }
        uint32 number = _requireParty(party).keyNumber + 1;
        _replaceKey(party, proposal.key, number);
        emit KeyProposalCompleted(party, proposal.key, number);
    }

    /// @inheritdoc IKeys
    function delegationState(address party, address delegate) external view returns (DelegationState memory) {
        return _delegations[party][delegate];
    }

    /// @inheritdoc IKeys
    function keyProposal(address party) external view returns (KeyProposal memory) {
        return _proposals[party];
    }

    /// @dev The statement's id, and the account that signed it for the party: its key, or a delegate within its scope.
    /// A delegate is a key pair, because only that can be told from the signature alone.
    function _authorize(
        address party,
        PartyState memory state,
        uint16 scope,
        bytes32 structHash,
        uint40 recordBy,
        bytes calldata signature
    ) internal view returns (StatementId id, address signer) {
        _requireInTime(recordBy);
        id = _statementId(structHash);
        address recovered = _recover(id, signature);
        if (recovered == state.key) return (id, recovered);
        DelegationState memory delegation = _delegations[party][recovered];
        if (_isInForce(delegation, state.keyNumber) && delegation.scope & scope != 0) return (id, recovered);
        if (SmartAccount.isSignedBy(state.key, StatementId.unwrap(id), signature)) return (id, state.key);
        if (scope != Scope.NONE) _requireDelegated(party, recovered, delegation, state.keyNumber, scope);
        revert SignatureInvalid(party, StatementId.unwrap(id));
    }

    /// @dev The id of what a party's device signed, which may be a smart account: the statement names it.
    function _authorizeDevice(
        address party,
        PartyState memory state,
        address device,
        uint16 scope,
        bytes32 structHash,
        uint40 recordBy,
        bytes calldata signature
    ) internal view returns (StatementId id) {
        if (device != state.key) {
            DelegationState memory delegation = _delegations[party][device];
            if (delegation.issuedAt == 0) revert DelegationEnded(party, device, 0);
            _requireDelegated(party, device, delegation, state.keyNumber, scope);
        }
        return _requireSigned(device, structHash, recordBy, signature);
    }

    /// @dev Silent about accounts that never were a delegate.
    function _requireDelegated(
        address party,
        address delegate,
        DelegationState memory delegation,
        uint32 keyNumber,
        uint16 scope
    ) private view {
        if (delegation.issuedAt == 0) return;
        if (!_isInForce(delegation, keyNumber)) revert DelegationEnded(party, delegate, delegation.validUntil);
        if (delegation.scope & scope == 0) revert DelegationOutOfScope(party, delegate, delegation.scope, scope);
    }

    function _isInForce(DelegationState memory delegation, uint32 keyNumber) private view returns (bool) {
        return block.timestamp < delegation.validUntil && delegation.keyNumber == keyNumber;
    }

    /// @dev Later than that of any proposal before: an objection, which names the date, then fits one proposal only.
    function _nextProposalDate(address party) private view returns (uint40) {
        uint40 earliest = uint40(block.timestamp + OBJECTION_PERIOD);
        uint40 last = _proposals[party].effectiveAt;
        return last < earliest ? earliest : last + 1;
    }

    /// @dev Its date stays.
    function _closeProposal(address party) private {
        _proposals[party].key = address(0);
    }

    /// @dev Delegations carry the number of the key that signed them, and so end with it.
    function _replaceKey(address party, address key, uint32 number) private {
        _closeProposal(party);
        _giveKey(party, key, number);
    }
}
