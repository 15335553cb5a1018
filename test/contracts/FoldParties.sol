// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    Attestation,
    AttestationState,
    Delegation,
    DelegationState,
    FacilityId,
    FacilityRegistration,
    FacilityState,
    KeyObjection,
    KeyProposal,
    KeyReplacement,
    Observation,
    PartyState,
    Revocation,
    StatementId
} from "../../contracts/Types.sol";
import {IAttestations} from "../../contracts/interfaces/IAttestations.sol";
import {IFacilities} from "../../contracts/interfaces/IFacilities.sol";
import {IKeys} from "../../contracts/interfaces/IKeys.sol";
import {IObservations} from "../../contracts/interfaces/IObservations.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Fold} from "./Fold.sol";
import {Vm} from "./Vm.sol";

/// @notice Follows parties, keys, delegations, facilities, attestations, trails and tails by their events alone.
abstract contract FoldParties is Fold {
    struct FoldedAttestation {
        AttestationState state;
        Attestation statement;
    }

    struct Log {
        address observer;
        address device;
        bytes32 subject;
    }

    address[] internal parties;
    FacilityId[] internal facilities;
    StatementId[] internal attestationIds;
    bytes32[] internal subjects;
    Log[] internal observed;
    address[2][] internal delegated;
    mapping(address => PartyState) internal partyStates;
    mapping(address => KeyProposal) internal proposals;
    mapping(address => mapping(address => DelegationState)) internal delegations;
    mapping(FacilityId => FacilityState) internal facilityStates;
    mapping(StatementId => FoldedAttestation) internal attestations;
    mapping(bytes32 => bytes32) internal trails;
    mapping(bytes32 => StatementId) internal tails;
    mapping(bytes32 => bool) internal isAccreditedNow;
    mapping(bytes32 => bool) internal isSeen;

    /// @dev Every event that the ledger can emit is one of these, or about lots.
    function fold(Vm.Log[] memory logs, uint256 from) internal {
        for (uint256 i = from; i < logs.length; ++i) {
            assertEq(logs[i].emitter, address(ledger));
            if (foldLots(logs[i]) || _foldParty(logs[i]) || _foldKey(logs[i])) continue;
            _foldStatement(logs[i].topics[0], StatementId.wrap(logs[i].topics[1]), logs[i].data);
        }
    }

    function _foldParty(Vm.Log memory log) private returns (bool isKnown) {
        bytes32 topic = log.topics[0];
        address party = address(uint160(uint256(log.topics[1])));
        if (topic == IParties.PartyAdmitted.selector) {
            parties.push(party);
            partyStates[party] = PartyState(party, false, 1);
        } else if (topic == IParties.PartySuspended.selector) {
            partyStates[party].suspended = true;
        } else if (topic == IParties.PartyReinstated.selector) {
            partyStates[party].suspended = false;
        } else if (topic == IParties.AuditorAccredited.selector) {
            (string memory scheme,) = abi.decode(log.data, (string, bytes32));
            isAccreditedNow[keccak256(abi.encode(party, scheme))] = true;
        } else if (topic == IParties.AccreditationWithdrawn.selector) {
            (string memory scheme,) = abi.decode(log.data, (string, bytes32));
            isAccreditedNow[keccak256(abi.encode(party, scheme))] = false;
        } else {
            return false;
        }
        return true;
    }

    function _foldKey(Vm.Log memory log) private returns (bool isKnown) {
        bytes32 topic = log.topics[0];
        address party = address(uint160(uint256(log.topics[1])));
        if (topic == IKeys.KeyProposed.selector) {
            (address key, uint40 effectiveAt,) = abi.decode(log.data, (address, uint40, bytes32));
            proposals[party] = KeyProposal(key, effectiveAt);
        } else if (topic == IKeys.KeyProposalCompleted.selector) {
            (address key, uint32 number) = abi.decode(log.data, (address, uint32));
            _newKey(party, key, number);
        } else if (topic == IKeys.KeyReplacementRecorded.selector) {
            (KeyReplacement memory statement,,) = abi.decode(log.data, (KeyReplacement, address, bytes));
            _newKey(statement.party, statement.key, statement.number);
        } else if (topic == IKeys.KeyObjectionRecorded.selector) {
            (KeyObjection memory statement,,) = abi.decode(log.data, (KeyObjection, address, bytes));
            proposals[statement.party].key = address(0);
        } else {
            return false;
        }
        return true;
    }

    function _newKey(address party, address key, uint32 number) private {
        (partyStates[party].key, partyStates[party].keyNumber) = (key, number);
        proposals[party].key = address(0);
    }

    function _foldStatement(bytes32 topic, StatementId id, bytes memory data) private {
        if (topic == IKeys.DelegationRecorded.selector) {
            (Delegation memory statement,,) = abi.decode(data, (Delegation, address, bytes));
            if (_isFirst(abi.encode(statement.party, statement.delegate))) {
                delegated.push([statement.party, statement.delegate]);
            }
            uint32 number = partyStates[statement.party].keyNumber;
            delegations[statement.party][statement.delegate] =
                DelegationState(statement.scope, statement.validUntil, statement.issuedAt, number);
        } else if (topic == IFacilities.FacilityRegistrationRecorded.selector) {
            (FacilityRegistration memory statement,,) = abi.decode(data, (FacilityRegistration, address, bytes));
            FacilityId facility = FacilityId.wrap(StatementId.unwrap(id));
            facilities.push(facility);
            facilityStates[facility] = FacilityState(statement.operator, statement.kind, statement.country);
        } else if (topic == IObservations.ObservationRecorded.selector) {
            (Observation memory statement,,) = abi.decode(data, (Observation, address, bytes));
            bytes32 log = keccak256(abi.encode(statement.observer, statement.device, statement.subject));
            if (StatementId.unwrap(tails[log]) == 0) {
                observed.push(Log(statement.observer, statement.device, statement.subject));
                _join(statement.subject, id);
            }
            assertEq(StatementId.unwrap(tails[log]), StatementId.unwrap(statement.previous), "previous");
            tails[log] = id;
        } else if (topic == IAttestations.AttestationRecorded.selector) {
            (Attestation memory statement,,) = abi.decode(data, (Attestation, address, bytes));
            attestationIds.push(id);
            attestations[id].statement = statement;
            attestations[id].state = AttestationState(statement.auditor, statement.validUntil);
            _join(statement.subject, id);
        } else if (topic == IAttestations.RevocationRecorded.selector) {
            (Revocation memory statement,,) = abi.decode(data, (Revocation, address, bytes));
            assertLt(statement.effectiveAt, attestations[statement.attestation].state.endsAt, "I10");
            attestations[statement.attestation].state.endsAt = statement.effectiveAt;
            _join(attestations[statement.attestation].statement.subject, id);
        } else {
            revert("an event that nobody knows");
        }
    }

    function _join(bytes32 subject, StatementId id) private {
        if (_isFirst(abi.encode(subject))) subjects.push(subject);
        trails[subject] = keccak256(abi.encode(trails[subject], id));
    }

    function _isFirst(bytes memory what) private returns (bool) {
        bytes32 key = keccak256(what);
        if (isSeen[key]) return false;
        isSeen[key] = true;
        return true;
    }

    // ── Against the ledger ──

    function assertParties() internal view {
        for (uint256 i; i < parties.length; ++i) {
            address party = parties[i];
            assertEq(abi.encode(ledger.partyState(party)), abi.encode(partyStates[party]), "party");
            assertEq(abi.encode(ledger.keyProposal(party)), abi.encode(proposals[party]), "proposal");
            bool expected = isAccreditedNow[keccak256(abi.encode(party, SCHEME))];
            assertEq(ledger.isAccredited(party, SCHEME), expected, "accreditation");
        }
        for (uint256 i; i < delegated.length; ++i) {
            (address party, address delegate) = (delegated[i][0], delegated[i][1]);
            DelegationState memory got = ledger.delegationState(party, delegate);
            assertEq(abi.encode(got), abi.encode(delegations[party][delegate]), "delegation");
        }
        for (uint256 i; i < facilities.length; ++i) {
            FacilityState memory got = ledger.facilityState(facilities[i]);
            assertEq(abi.encode(got), abi.encode(facilityStates[facilities[i]]), "facility");
        }
    }

    function assertAttestations() internal view {
        for (uint256 i; i < attestationIds.length; ++i) {
            AttestationState memory got = ledger.attestationState(attestationIds[i]);
            assertEq(abi.encode(got), abi.encode(attestations[attestationIds[i]].state), "attestation");
        }
    }

    function assertTrails() internal view {
        for (uint256 i; i < subjects.length; ++i) {
            assertEq(ledger.trail(subjects[i]), trails[subjects[i]], "trail");
        }
        for (uint256 i; i < observed.length; ++i) {
            Log memory log = observed[i];
            bytes32 key = keccak256(abi.encode(log.observer, log.device, log.subject));
            StatementId got = ledger.tail(log.observer, log.device, log.subject);
            assertEq(StatementId.unwrap(got), StatementId.unwrap(tails[key]), "tail");
        }
    }
}
