// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Signed} from "../../contracts/Signed.sol";
import {
    Attestation,
    Correction,
    Delegation,
    Dispatch,
    FacilityRegistration,
    KeyObjection,
    KeyReplacement,
    LotId,
    Observation,
    Output,
    Production,
    Receipt,
    Revocation,
    StatementId
} from "../../contracts/Types.sol";
import {Statements} from "../../contracts/libraries/Statements.sol";

/// @notice Opens the library that hashes statements to tests, which hold theirs in memory.
contract Hasher is Signed {
    function id(bytes32 structHash) external view returns (StatementId) {
        return _statementId(structHash);
    }

    function lotId(StatementId production, uint256 index, Output calldata output) external pure returns (LotId) {
        return Statements.lotId(production, index, Statements.hash(output));
    }

    function hash(FacilityRegistration calldata statement) external pure returns (bytes32) {
        return Statements.hash(statement);
    }

    function hash(Production calldata statement) external pure returns (bytes32) {
        (bytes32[] memory outputHashes,) = Statements.hashes(statement);
        return Statements.hash(statement, outputHashes);
    }

    function hash(Dispatch calldata statement) external pure returns (bytes32) {
        return Statements.hash(statement);
    }

    function hash(Receipt calldata statement) external pure returns (bytes32) {
        return Statements.hash(statement);
    }

    function hash(Attestation calldata statement) external pure returns (bytes32) {
        return Statements.hash(statement);
    }

    function hash(Revocation calldata statement) external pure returns (bytes32) {
        return Statements.hash(statement);
    }

    /// @dev Not `hash`: to the ABI, a correction looks like a revocation.
    function hashCorrection(Correction calldata statement) external pure returns (bytes32) {
        return Statements.hash(statement);
    }

    function hash(Observation calldata statement) external pure returns (bytes32) {
        return Statements.hash(statement);
    }

    function hash(Delegation calldata statement) external pure returns (bytes32) {
        return Statements.hash(statement);
    }

    function hash(KeyReplacement calldata statement) external pure returns (bytes32) {
        return Statements.hash(statement);
    }

    function hash(KeyObjection calldata statement) external pure returns (bytes32) {
        return Statements.hash(statement);
    }

    function hash(Output calldata output) external pure returns (bytes32) {
        return Statements.hash(output);
    }
}
