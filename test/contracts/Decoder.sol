// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    Attestation,
    Correction,
    Delegation,
    Dispatch,
    FacilityRegistration,
    KeyObjection,
    KeyReplacement,
    Observation,
    Production,
    Receipt,
    Revocation,
    StatementId
} from "../../contracts/Types.sol";
import {IAttestations} from "../../contracts/interfaces/IAttestations.sol";
import {IFacilities} from "../../contracts/interfaces/IFacilities.sol";
import {IKeys} from "../../contracts/interfaces/IKeys.sol";
import {ILots} from "../../contracts/interfaces/ILots.sol";
import {IObservations} from "../../contracts/interfaces/IObservations.sol";
import {Scribe} from "./Scribe.sol";
import {Vm} from "./Vm.sol";

/// @dev A statement's event, as whoever follows the ledger reads it.
/// @param id The event's.
/// @param expected The id that the event's own statement has.
/// @param again The event's data, encoded again from what was decoded.
struct Recorded {
    StatementId id;
    StatementId expected;
    address signer;
    bytes signature;
    bytes again;
}

/// @notice Reads statements' events with Solidity's own decoder, which refuses words with dirty upper bits.
abstract contract Decoder is Scribe {
    /// @dev An event is honest if its statement has the id that it says, and is encoded as the standard has it.
    function assertHonest(Vm.Log memory log) internal view returns (Recorded memory recorded) {
        recorded = decoded(log);
        assertEq(StatementId.unwrap(recorded.id), StatementId.unwrap(recorded.expected), "the event's id");
        assertEq(log.data, recorded.again, "the event's encoding");
    }

    function decoded(Vm.Log memory log) internal view returns (Recorded memory recorded) {
        bytes32 topic = log.topics[0];
        if (topic == ILots.ProductionRecorded.selector) recorded = _production(log.data);
        else if (topic == ILots.DispatchRecorded.selector) recorded = _dispatch(log.data);
        else if (topic == ILots.ReceiptRecorded.selector) recorded = _receipt(log.data);
        else if (topic == ILots.CorrectionRecorded.selector) recorded = _correction(log.data);
        else if (topic == IFacilities.FacilityRegistrationRecorded.selector) recorded = _registration(log.data);
        else if (topic == IObservations.ObservationRecorded.selector) recorded = _observation(log.data);
        else if (topic == IAttestations.AttestationRecorded.selector) recorded = _attestation(log.data);
        else if (topic == IAttestations.RevocationRecorded.selector) recorded = _revocation(log.data);
        else if (topic == IKeys.DelegationRecorded.selector) recorded = _delegation(log.data);
        else if (topic == IKeys.KeyReplacementRecorded.selector) recorded = _keyReplacement(log.data);
        else if (topic == IKeys.KeyObjectionRecorded.selector) recorded = _keyObjection(log.data);
        else revert("no statement's event");
        recorded.id = StatementId.wrap(log.topics[1]);
    }

    function _production(bytes memory data) private view returns (Recorded memory made) {
        Production memory statement;
        (statement, made.signer, made.signature) = abi.decode(data, (Production, address, bytes));
        (made.expected, made.again) = (idOf(statement), abi.encode(statement, made.signer, made.signature));
    }

    function _dispatch(bytes memory data) private view returns (Recorded memory made) {
        Dispatch memory statement;
        (statement, made.signer, made.signature) = abi.decode(data, (Dispatch, address, bytes));
        (made.expected, made.again) = (idOf(statement), abi.encode(statement, made.signer, made.signature));
    }

    function _receipt(bytes memory data) private view returns (Recorded memory made) {
        Receipt memory statement;
        (statement, made.signer, made.signature) = abi.decode(data, (Receipt, address, bytes));
        (made.expected, made.again) = (idOf(statement), abi.encode(statement, made.signer, made.signature));
    }

    function _correction(bytes memory data) private view returns (Recorded memory made) {
        Correction memory statement;
        (statement, made.signer, made.signature) = abi.decode(data, (Correction, address, bytes));
        (made.expected, made.again) = (idOf(statement), abi.encode(statement, made.signer, made.signature));
    }

    function _registration(bytes memory data) private view returns (Recorded memory made) {
        FacilityRegistration memory statement;
        (statement, made.signer, made.signature) = abi.decode(data, (FacilityRegistration, address, bytes));
        (made.expected, made.again) = (idOf(statement), abi.encode(statement, made.signer, made.signature));
    }

    function _observation(bytes memory data) private view returns (Recorded memory made) {
        Observation memory statement;
        (statement, made.signer, made.signature) = abi.decode(data, (Observation, address, bytes));
        (made.expected, made.again) = (idOf(statement), abi.encode(statement, made.signer, made.signature));
    }

    function _attestation(bytes memory data) private view returns (Recorded memory made) {
        Attestation memory statement;
        (statement, made.signer, made.signature) = abi.decode(data, (Attestation, address, bytes));
        (made.expected, made.again) = (idOf(statement), abi.encode(statement, made.signer, made.signature));
    }

    function _revocation(bytes memory data) private view returns (Recorded memory made) {
        Revocation memory statement;
        (statement, made.signer, made.signature) = abi.decode(data, (Revocation, address, bytes));
        (made.expected, made.again) = (idOf(statement), abi.encode(statement, made.signer, made.signature));
    }

    function _delegation(bytes memory data) private view returns (Recorded memory made) {
        Delegation memory statement;
        (statement, made.signer, made.signature) = abi.decode(data, (Delegation, address, bytes));
        (made.expected, made.again) = (idOf(statement), abi.encode(statement, made.signer, made.signature));
    }

    function _keyReplacement(bytes memory data) private view returns (Recorded memory made) {
        KeyReplacement memory statement;
        (statement, made.signer, made.signature) = abi.decode(data, (KeyReplacement, address, bytes));
        (made.expected, made.again) = (idOf(statement), abi.encode(statement, made.signer, made.signature));
    }

    function _keyObjection(bytes memory data) private view returns (Recorded memory made) {
        KeyObjection memory statement;
        (statement, made.signer, made.signature) = abi.decode(data, (KeyObjection, address, bytes));
        (made.expected, made.again) = (idOf(statement), abi.encode(statement, made.signer, made.signature));
    }
}
