// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {Signed} from "./Signed.sol";
import {PartyState, StatementId} from "./Types.sol";
import {IParties} from "./interfaces/IParties.sol";
import {Forms} from "./libraries/Forms.sol";

/// @title Parties
/// @dev Each role is its own admin: registrar and accreditor hand their roles on, and neither can take the other's.
abstract contract Parties is IParties, AccessControl, Signed {
    /// @inheritdoc IParties
    bytes32 public constant REGISTRAR = keccak256("REGISTRAR");
    /// @inheritdoc IParties
    bytes32 public constant ACCREDITOR = keccak256("ACCREDITOR");

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
        if (party == address(0)) revert PartyIsZero();
        if (_isParty(party)) revert PartyAlreadyAdmitted(party);
        _parties[party].key = party;
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

    /// @dev The statement's id, and the account that signed it for the party.
    function _authorize(address party, bytes32 structHash, uint40 recordBy, bytes calldata signature)
        internal
        view
        returns (StatementId id, address signer)
    {
        signer = _requireParty(party).key;
        id = _requireSigned(party, signer, structHash, recordBy, signature);
    }

    function _requireAccredited(address auditor, string calldata scheme) internal view {
        if (!isAccredited(auditor, scheme)) revert AuditorNotAccredited(auditor, scheme);
    }

    function _requireActive(address party) internal view {
        if (_requireParty(party).suspended) revert PartyIsSuspended(party);
    }

    function _isParty(address party) internal view returns (bool) {
        return _parties[party].key != address(0);
    }

    function _requireParty(address party) private view returns (PartyState memory state) {
        state = _parties[party];
        if (state.key == address(0)) revert PartyUnknown(party);
    }
}
