// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {Signed} from "./Signed.sol";
import {PartyState} from "./Types.sol";
import {IParties} from "./interfaces/IParties.sol";
import {Forms} from "./libraries/Forms.sol";

/// @title Parties
/// @dev Each role is its own admin: registrar and accreditor hand their roles on, and neither can take the other's.
abstract contract Parties is IParties, AccessControl, Signed {
    /// @inheritdoc IParties
    bytes32 public constant REGISTRAR = keccak256("REGISTRAR");
    /// @inheritdoc IParties
    bytes32 public constant ACCREDITOR = keccak256("ACCREDITOR");

    uint256 private constant MAX_CLOCK_SKEW = 15 minutes;

    mapping(address party => PartyState) private _parties;
    mapping(address auditor => mapping(bytes32 schemeHash => bool)) private _accredited;

    constructor(address registrar, address accreditor) {
        _setRoleAdmin(REGISTRAR, REGISTRAR);
        _setRoleAdmin(ACCREDITOR, ACCREDITOR);
        _grantRole(REGISTRAR, registrar);
        _grantRole(ACCREDITOR, accreditor);
    }

    /// @inheritdoc IParties
    function admit(address party, bytes32 evidence) external onlyRole(REGISTRAR) {
        if (party == address(0)) revert AccountIsZero();
        if (_isParty(party)) revert PartyAlreadyAdmitted(party);
        _parties[party] = PartyState(party, false, 1);
        emit PartyAdmitted(party, evidence);
    }

    /// @inheritdoc IParties
    function suspend(address party, bytes32 evidence) external onlyRole(REGISTRAR) {
        _requireActive(party);
        _parties[party].suspended = true;
        emit PartySuspended(party, evidence);
    }

    /// @inheritdoc IParties
    function reinstate(address party, bytes32 evidence) external onlyRole(REGISTRAR) {
        if (!_requireParty(party).suspended) revert PartyIsNotSuspended(party);
        _parties[party].suspended = false;
        emit PartyReinstated(party, evidence);
    }

    /// @inheritdoc IParties
    function accredit(address auditor, string calldata scheme, bytes32 evidence) external onlyRole(ACCREDITOR) {
        Forms.checkScheme(scheme);
        _requireParty(auditor);
        if (isAccredited(auditor, scheme)) revert AuditorAlreadyAccredited(auditor, scheme);
        _accredited[auditor][keccak256(bytes(scheme))] = true;
        emit AuditorAccredited(auditor, scheme, evidence);
    }

    /// @inheritdoc IParties
    function withdrawAccreditation(address auditor, string calldata scheme, bytes32 evidence)
        external
        onlyRole(ACCREDITOR)
    {
        _requireAccredited(auditor, scheme);
        _accredited[auditor][keccak256(bytes(scheme))] = false;
        emit AccreditationWithdrawn(auditor, scheme, evidence);
    }

    /// @inheritdoc IParties
    function partyState(address party) external view returns (PartyState memory) {
        return _parties[party];
    }

    /// @inheritdoc IParties
    function isAccredited(address auditor, string calldata scheme) public view returns (bool) {
        return _accredited[auditor][keccak256(bytes(scheme))];
    }

    function _requireAccredited(address auditor, string calldata scheme) internal view {
        if (!isAccredited(auditor, scheme)) revert AuditorNotAccredited(auditor, scheme);
    }

    function _requireActive(address party) internal view returns (PartyState memory state) {
        state = _requireParty(party);
        if (state.suspended) revert PartyIsSuspended(party);
    }

    function _requireParty(address party) internal view returns (PartyState memory state) {
        state = _parties[party];
        if (state.key == address(0)) revert PartyUnknown(party);
    }

    function _isParty(address party) internal view returns (bool) {
        return _parties[party].key != address(0);
    }

    function _giveKey(address party, address key, uint32 number) internal {
        PartyState storage state = _parties[party];
        (state.key, state.keyNumber) = (key, number);
    }

    function _requireNotInFuture(uint40 occurredAt) internal view {
        uint256 latest = block.timestamp + MAX_CLOCK_SKEW;
        if (occurredAt > latest) revert OccurredInFuture(latest, occurredAt);
    }
}
