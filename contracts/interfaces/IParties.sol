// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {PartyState, StatementId} from "../Types.sol";

/// @title Parties
/// @notice Who may sign, and which auditor is accredited for which scheme.
/// A party is known by its first account; names are evidence, never on chain.
interface IParties {
    /// @notice A party may now sign. The indexer inserts the party, active.
    /// @param evidence Root of the evidence on who it is; 0 = none.
    event PartyAdmitted(address indexed party, bytes32 evidence);

    /// @notice From here on the party can only refuse, recall and revoke. The indexer marks it suspended.
    event PartySuspended(address indexed party, bytes32 evidence);

    /// @notice The party may sign again. The indexer marks it active.
    event PartyReinstated(address indexed party, bytes32 evidence);

    /// @notice The auditor may attest under `scheme`. The indexer opens an accreditation.
    event AuditorAccredited(address indexed auditor, string scheme, bytes32 evidence);

    /// @notice The auditor may no longer attest under `scheme`; what it attested stands. The indexer closes the
    /// accreditation.
    event AccreditationWithdrawn(address indexed auditor, string scheme, bytes32 evidence);

    /// @notice The statement names a party that was never admitted.
    error PartyUnknown(address party);
    /// @notice The party was admitted before.
    error PartyAlreadyAdmitted(address party);
    /// @notice The party is suspended, and the act needs a party in good standing.
    error PartyIsSuspended(address party);
    /// @notice Only a suspended party can be reinstated.
    error PartyIsNotSuspended(address party);
    /// @notice The zero address signs nothing: it is no party, key or delegate.
    error AccountIsZero();
    /// @notice The signature is not the party's (or the device's) over this statement, on this chain, for this contract.
    error SignatureInvalid(address party, bytes32 statement);
    /// @notice The statement had to be recorded earlier.
    error StatementExpired(uint40 recordBy, uint256 blockTime);
    /// @notice The statement took effect before.
    error StatementAlreadyRecorded(bytes32 statement);
    /// @notice The statement lists nothing to act on.
    error StatementEmpty();
    /// @notice The statement presented (a dispatch, production or attestation) is not the one that is named.
    error WitnessMismatch(StatementId expected, StatementId got);
    /// @notice The auditor is not accredited for the scheme.
    error AuditorNotAccredited(address auditor, string scheme);
    /// @notice The auditor is accredited for the scheme already.
    error AuditorAlreadyAccredited(address auditor, string scheme);
    /// @notice A scheme has a name.
    error SchemeEmpty();
    /// @notice A scheme's name is at most 64 characters of printable ASCII, so that it reads alike everywhere.
    error SchemeMalformed(string scheme);
    /// @notice It would happen more than 15 minutes from now.
    error OccurredInFuture(uint256 latest, uint40 occurredAt);
    /// @notice The calldata is not the ABI's standard encoding (each part right behind the one before, no gaps): a
    /// statement is hashed and emitted word for word.
    error EncodingNotCanonical();
    /// @notice The transaction has too little gas left to tell. Not a refusal: send it again with more.
    error GasTooLow();

    /// @notice Who admits, suspends and grants.
    function REGISTRAR() external view returns (bytes32 role);
    /// @notice Who accredits auditors.
    function ACCREDITOR() external view returns (bytes32 role);

    /// @notice Registrar: lets a party sign. Emits PartyAdmitted.
    function admit(address party, bytes32 evidence) external;
    /// @notice Registrar: stops a party. Emits PartySuspended.
    function suspend(address party, bytes32 evidence) external;
    /// @notice Registrar: lets a suspended party sign again. Emits PartyReinstated.
    function reinstate(address party, bytes32 evidence) external;
    /// @notice Accreditor: lets an auditor, itself a party, attest under a scheme. Emits AuditorAccredited.
    function accredit(address auditor, string calldata scheme, bytes32 evidence) external;
    /// @notice Accreditor: ends that. Emits AccreditationWithdrawn.
    function withdrawAccreditation(address auditor, string calldata scheme, bytes32 evidence) external;

    function partyState(address party) external view returns (PartyState memory);
    function isAccredited(address auditor, string calldata scheme) external view returns (bool);
}
