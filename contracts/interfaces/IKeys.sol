// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    Delegation,
    DelegationState,
    KeyObjection,
    KeyProposal,
    KeyReplacement,
    StatementId
} from "../Types.sol";

/// @title The keys that sign for parties
/// @notice A party's key can hand some of its work to delegates (a phone, a truck's sensor, a clerk), and can be replaced:
/// at once by itself, or by the registrar after 7 days unless the party objects. The party's id stays.
interface IKeys {
    /// @notice From here on `delegate` may sign the statement types in `scope` for the party, until `validUntil` or
    /// until the party's key is replaced. The indexer takes the last delegation per (party, delegate).
    event DelegationRecorded(StatementId indexed id, Delegation statement, address signer, bytes signature);

    /// @notice From here on `key` signs for the party. Its delegations end, and with them a proposal that was open. The
    /// indexer takes the last key per party.
    event KeyReplacementRecorded(StatementId indexed id, KeyReplacement statement, address signer, bytes signature);

    /// @notice The registrar will give the party another key, from `effectiveAt` on, unless the party objects. Takes the
    /// place of an earlier proposal. The indexer takes the last proposal per party.
    event KeyProposed(address indexed party, address key, uint40 effectiveAt, bytes32 evidence);

    /// @notice The party keeps its key; the proposal is void. The indexer closes the proposal.
    event KeyObjectionRecorded(StatementId indexed id, KeyObjection statement, address signer, bytes signature);

    /// @notice The proposal took effect: from here on `key` signs for the party, and its delegations end. The indexer
    /// takes the last key per party, and closes the proposal.
    event KeyProposalCompleted(address indexed party, address key, uint32 number);

    /// @notice The delegation has run out, was ended, or went with the key that signed it.
    error DelegationEnded(address party, address delegate, uint40 validUntil);
    /// @notice The delegate may not sign statements of this type.
    error DelegationOutOfScope(address party, address delegate, uint16 scope, uint16 wanted);
    /// @notice A delegation is issued later than the last one for that delegate.
    error DelegationNotLater(uint40 lastIssuedAt, uint40 issuedAt);
    /// @notice No statement type has that bit, or none is named.
    error ScopeUnknown(uint16 scope);
    /// @notice The new key has another number: the key was replaced since.
    error KeyNumberStale(uint32 expected, uint32 got);
    /// @notice The party has that key already.
    error KeyUnchanged(address party, address key);
    /// @notice No such proposal is open.
    error KeyProposalUnknown(address party, address key, uint40 effectiveAt);
    /// @notice The party may still object.
    error KeyProposalTooEarly(uint40 effectiveAt, uint256 blockTime);
    /// @notice Registrar: proposes another key for a party that lost its own, to take effect in 7 days. Emits KeyProposed.
    function proposeKey(address party, address key, bytes32 evidence) external;
    /// @notice Anyone, from the proposal's date on: gives the party its new key. Emits KeyProposalCompleted.
    function completeKeyProposal(address party) external;

    /// @notice Anyone: records a delegation that the party's own key signed. Emits DelegationRecorded.
    function recordDelegation(Delegation calldata statement, bytes calldata signature)
        external
        returns (StatementId id);
    /// @notice Anyone: replaces a party's key, as its present key signed, at once. Emits KeyReplacementRecorded.
    function recordKeyReplacement(KeyReplacement calldata statement, bytes calldata signature)
        external
        returns (StatementId id);
    /// @notice Anyone: records that the party, by its own key, objects to the registrar's proposal. A suspended party may.
    /// Emits KeyObjectionRecorded.
    function recordKeyObjection(KeyObjection calldata statement, bytes calldata signature)
        external
        returns (StatementId id);

    function delegationState(address party, address delegate) external view returns (DelegationState memory);
    function keyProposal(address party) external view returns (KeyProposal memory);
}
