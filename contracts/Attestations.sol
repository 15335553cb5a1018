// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Scope} from "./Codes.sol";
import {Transfers} from "./Transfers.sol";
import {Attestation, AttestationState, FacilityId, LotId, PartyState, Revocation, StatementId} from "./Types.sol";
import {IAttestations} from "./interfaces/IAttestations.sol";
import {Calldata, Sizes} from "./libraries/Calldata.sol";
import {Forms} from "./libraries/Forms.sol";
import {Statements} from "./libraries/Statements.sol";
import {Words} from "./libraries/Words.sol";

/// @title Attestations
abstract contract Attestations is Transfers, IAttestations {
    mapping(StatementId attestation => AttestationState) private _attestations;
    mapping(bytes32 subject => bytes32) private _trails;

    /// @inheritdoc IAttestations
    function recordAttestation(Attestation calldata statement, bytes calldata signature)
        external
        returns (StatementId id)
    {
        address signer;
        Forms.check(statement);
        PartyState memory author = _requireActive(statement.auditor);
        (id, signer) = _authorize(
            statement.auditor, author, Scope.ATTESTATION, Statements.hash(statement), statement.recordBy, signature
        );
        _requireAccredited(statement.auditor, statement.scheme);
        _requireForeign(statement.subject, statement.auditor);
        if (_attestations[id].auditor != address(0)) revert StatementAlreadyRecorded(StatementId.unwrap(id));
        _attestations[id] = AttestationState(statement.auditor, statement.validUntil);
        _extendTrail(statement.subject, id);
        Words.logDynamic(
            AttestationRecorded.selector,
            id,
            Calldata.startOf(statement),
            Calldata.lengthOf(statement),
            signer,
            signature
        );
    }

    /// @inheritdoc IAttestations
    function recordRevocation(
        Revocation calldata statement,
        Attestation calldata revoked,
        bytes calldata signature
    ) external returns (StatementId id) {
        address signer;
        AttestationState memory state = _requireAttestation(statement.attestation);
        (id, signer) = _authorizeRevocation(statement, state.auditor, signature);
        _requireWitness(statement.attestation, Statements.hash(revoked));
        if (statement.effectiveAt >= state.endsAt) revert RevocationNotEarlier(state.endsAt, statement.effectiveAt);
        _attestations[statement.attestation].endsAt = statement.effectiveAt;
        _extendTrail(revoked.subject, id);
        Words.log(
            RevocationRecorded.selector,
            id,
            Calldata.startOf(statement),
            Sizes.REVOCATION,
            signer,
            signature
        );
    }

    /// @inheritdoc IAttestations
    function attestationState(StatementId attestation) external view returns (AttestationState memory) {
        return _attestations[attestation];
    }

    /// @inheritdoc IAttestations
    function trail(bytes32 subject) external view returns (bytes32) {
        return _trails[subject];
    }

    /// @dev Its signer does not name the trail, so that nobody can make the statement stale.
    function _extendTrail(bytes32 subject, StatementId id) internal {
        _trails[subject] = keccak256(abi.encode(_trails[subject], id));
    }

    /// @dev A registrar signs with the account that holds the role, whether it is a party or not.
    function _authorizeRevocation(Revocation calldata statement, address auditor, bytes calldata signature)
        private
        view
        returns (StatementId id, address signer)
    {
        bytes32 structHash = Statements.hash(statement);
        address author = statement.author;
        if (author == auditor) {
            PartyState memory state = _requireParty(author);
            return _authorize(author, state, Scope.REVOCATION, structHash, statement.recordBy, signature);
        }
        if (!hasRole(REGISTRAR, author)) revert RevocationNotByAuthor(auditor, author);
        return (_requireSigned(author, structHash, statement.recordBy, signature), author);
    }

    function _requireAttestation(StatementId attestation) private view returns (AttestationState memory state) {
        state = _attestations[attestation];
        if (state.auditor == address(0)) revert AttestationUnknown(attestation);
    }

    function _requireForeign(bytes32 subject, address auditor) private view {
        address owner = _ownerOf(subject);
        if (owner == address(0)) revert SubjectUnknown(subject);
        if (owner == auditor) revert SubjectIsOwn(subject, auditor);
    }

    /// @dev Who answers for a facility, lot or party; 0 = there is none. Ids are hashes: their ranges never meet.
    function _ownerOf(bytes32 subject) private view returns (address) {
        address operator = _operator(FacilityId.wrap(subject));
        if (operator != address(0)) return operator;
        address custodian = _lotState(LotId.wrap(subject)).custodian();
        if (custodian != address(0)) return custodian;
        address party = address(uint160(uint256(subject)));
        return bytes32(uint256(uint160(party))) == subject && _isParty(party) ? party : address(0);
    }
}
