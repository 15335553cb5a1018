// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev The EIP-712 digest that a statement's author signed.
type StatementId is bytes32;

/// @dev keccak256(abi.encode(production id, uint256 index, hashStruct(Output))): see Statements.lotId.
type LotId is bytes32;

/// @dev The statement id of the facility's registration.
type FacilityId is bytes32;

// ── What statements are made of. Masses are milligrams, at most 2⁶³ − 1; times are Unix seconds, UTC. ──

/// @param material 1–118: the element of that atomic number; 128 and up: minerals tracked as such.
struct Content {
    uint8 material;
    bool recycled;
    uint64 milligrams;
}

/// @param head The lot's id at birth, then the id of the last statement that touched it.
struct LotHead {
    LotId lot;
    bytes32 head;
}

/// @param milligrams The mass weighed on arrival; 0 = not weighed.
struct Received {
    LotId lot;
    uint64 milligrams;
}

/// @param commodity HS-6 code.
/// @param milligrams Net mass as weighed.
/// @param content Dry content, sorted by (material, primary before recycled), each pair once, none zero.
/// @param evidence Root of the evidence tree; 0 = none.
struct Output {
    uint32 commodity;
    uint64 milligrams;
    Content[] content;
    bytes32 evidence;
}

// ── Statements. Field names, types and order are part of the signed type: they can never change. ──

struct FacilityRegistration {
    address operator;
    uint8 kind;
    uint16 country;
    bytes32 evidence;
    uint40 recordBy;
}

struct Production {
    address custodian;
    FacilityId facility;
    uint8 process;
    uint8 custodyModel;
    LotHead[] inputs;
    Output[] outputs;
    uint40 occurredAt;
    bytes32 evidence;
    uint40 recordBy;
}

struct Dispatch {
    address consignor;
    address consignee;
    LotHead[] lots;
    FacilityId from;
    FacilityId to;
    uint8 mode;
    uint40 recallFrom;
    uint40 occurredAt;
    bytes32 evidence;
    uint40 recordBy;
}

struct Receipt {
    address party;
    StatementId dispatch;
    Received[] lots;
    bool accepted;
    uint40 occurredAt;
    bytes32 evidence;
    uint40 recordBy;
}

struct Correction {
    address author;
    StatementId production;
    uint40 occurredAt;
    bytes32 evidence;
    uint40 recordBy;
}

/// @param device The account that signs: the observer's own key, or its delegate.
/// @param subject Of a dispatch, lot, facility or production. Not looked up: a reading may come before its subject.
/// @param previous The log's tail: the last observation of this observer's device on this subject; 0 = the first.
/// @param root Root of the tree of readings; 0 = an inspection, whose findings are evidence.
/// @param count How many readings.
struct Observation {
    address observer;
    address device;
    bytes32 subject;
    StatementId previous;
    bytes32 root;
    uint32 count;
    uint40 from;
    uint40 until;
    bytes32 evidence;
    uint40 recordBy;
}

struct Attestation {
    address auditor;
    bytes32 subject;
    string scheme;
    uint8 outcome;
    uint40 validFrom;
    uint40 validUntil;
    bytes32 evidence;
    uint40 recordBy;
}

struct Revocation {
    address author;
    StatementId attestation;
    uint40 effectiveAt;
    bytes32 evidence;
    uint40 recordBy;
}

/// @param scope Which statement types the delegate may sign: Scope in Codes.sol.
/// @param validUntil The first moment at which it may no longer; 0 ends it.
/// @param issuedAt Later than that of the last one for this delegate.
struct Delegation {
    address party;
    address delegate;
    uint16 scope;
    uint40 validUntil;
    uint40 issuedAt;
    uint40 recordBy;
}

/// @param number That of the new key: the present one's + 1. It makes each replacement unique.
struct KeyReplacement {
    address party;
    address key;
    uint32 number;
    uint40 recordBy;
}

/// @param key The key that the registrar proposes, and `effectiveAt` its date: they name the proposal.
struct KeyObjection {
    address party;
    address key;
    uint40 effectiveAt;
    uint40 recordBy;
}

// ── Witnesses: what the ledger does not store, and whoever needs it presents. Not signed. ──

/// @dev The birth of an input: re-hashed, it must give the input's lot id.
struct Birth {
    StatementId production;
    uint256 index;
    Output output;
}

// ── State, one word each. ──

/// @dev InTransit: the consignor stays the custodian until the receipt. Void: its production was corrected.
enum LotStatus {
    None,
    Held,
    InTransit,
    Spent,
    Void
}

/// @notice What has touched a lot since its birth.
/// @dev None: its head is its id. Corrected: only corrections of productions that had spent it. Dispatched: it has left
/// its birthplace, so that the production that made it stands.
enum LotTrace {
    None,
    Corrected,
    Dispatched
}

/// @param custodian The party that answers for the lot.
/// @param occurredAt When the last event on the lot happened, as stated.
/// @param recordedAt When its birth was recorded: back-dating shows.
struct LotState {
    address custodian;
    uint40 occurredAt;
    uint40 recordedAt;
    LotStatus status;
    LotTrace trace;
}

/// @notice Of a production that has no outputs, and so leaves no lot that shows it.
enum RetirementState {
    None,
    Recorded,
    Corrected
}

/// @param key The account that signs for the party; 0 = not a party.
/// @param keyNumber 1 for the key that it was admitted with, one more for each that followed.
struct PartyState {
    address key;
    bool suspended;
    uint32 keyNumber;
}

/// @param key 0 = none is open.
/// @param effectiveAt From then on the proposal can be completed. Of a party's proposals, each has a later one.
struct KeyProposal {
    address key;
    uint40 effectiveAt;
}

/// @param issuedAt 0 = never delegated.
/// @param keyNumber The party's key that signed it: with that key, the delegation ends.
struct DelegationState {
    uint16 scope;
    uint40 validUntil;
    uint40 issuedAt;
    uint32 keyNumber;
}

/// @param operator 0 = no such facility.
struct FacilityState {
    address operator;
    uint8 kind;
    uint16 country;
}

/// @param auditor 0 = no such attestation.
/// @param endsAt validUntil, or the earliest date that a revocation gave.
struct AttestationState {
    address auditor;
    uint40 endsAt;
}

/// @param granted Milligrams that may originate in that year.
/// @param used Milligrams that did.
struct Quota {
    uint128 granted;
    uint128 used;
}
