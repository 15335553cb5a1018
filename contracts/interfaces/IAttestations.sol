// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Attestation, AttestationState, Revocation, StatementId} from "../Types.sol";

/// @title Attestations
/// @notice What accredited auditors say of facilities, lots and parties (ISO/IEC 17000), and its end. Each attestation and
/// revocation joins its subject's trail: keccak256(abi.encode(trail, id)), starting from 0. So nothing can be left out.
interface IAttestations {
    /// @notice The attestation stands from `validFrom` until `validUntil`. The indexer inserts it.
    event AttestationRecorded(StatementId indexed id, Attestation statement, address signer, bytes signature);

    /// @notice The attestation ends at `effectiveAt`, earlier than before. The indexer inserts the revocation.
    event RevocationRecorded(StatementId indexed id, Revocation statement, address signer, bytes signature);

    /// @notice No facility, lot or party has that id.
    error SubjectUnknown(bytes32 subject);
    /// @notice Nobody attests to what is its own.
    error SubjectIsOwn(bytes32 subject, address auditor);
    /// @notice No outcome has that number.
    error OutcomeUnknown(uint8 outcome);
    /// @notice It would end before it starts.
    error ValidityEmpty(uint40 validFrom, uint40 validUntil);
    /// @notice No attestation has that id.
    error AttestationUnknown(StatementId attestation);
    /// @notice Only the attestation's auditor or the registrar revokes.
    error RevocationNotByAuthor(address auditor, address author);
    /// @notice A revocation makes the end earlier, never later.
    error RevocationNotEarlier(uint40 endsAt, uint40 effectiveAt);

    /// @notice Anyone: records an auditor's signed attestation. Emits AttestationRecorded.
    function recordAttestation(Attestation calldata statement, bytes calldata signature)
        external
        returns (StatementId id);

    /// @notice Anyone: records a signed revocation. Emits RevocationRecorded.
    /// @param revoked The attestation that the revocation names, whole: it is re-hashed.
    function recordRevocation(
        Revocation calldata statement,
        Attestation calldata revoked,
        bytes calldata signature
    ) external
        returns (StatementId id);

    function attestationState(StatementId attestation) external view returns (AttestationState memory);
    /// @notice All that was said of the subject: each attestation, each revocation, and each log's first observation.
    function trail(bytes32 subject) external view returns (bytes32);
}
