// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    Attestation,
    Content,
    Correction,
    Delegation,
    Dispatch,
    FacilityRegistration,
    KeyObjection,
    KeyReplacement,
    LotHead,
    Observation,
    Output,
    Production,
    Receipt,
    Received,
    Revocation
} from "../Types.sol";
import {Words} from "./Words.sol";

/// @title How many words the fixed part of each struct has
library Sizes {
    uint256 internal constant CONTENT = 3;
    uint256 internal constant LOT_HEAD = 2;
    uint256 internal constant RECEIVED = 2;
    uint256 internal constant OUTPUT = 4;
    uint256 internal constant FACILITY_REGISTRATION = 5;
    uint256 internal constant PRODUCTION = 9;
    uint256 internal constant DISPATCH = 10;
    uint256 internal constant RECEIPT = 7;
    uint256 internal constant CORRECTION = 5;
    uint256 internal constant OBSERVATION = 10;
    uint256 internal constant ATTESTATION = 8;
    uint256 internal constant REVOCATION = 5;
    uint256 internal constant DELEGATION = 6;
    uint256 internal constant KEY_REPLACEMENT = 4;
    uint256 internal constant KEY_OBJECTION = 4;
}

/// @title Where statements lie in calldata, and how long they are
/// @notice `startOf` is the place of a struct, or of an array's first item. `lengthOf` is the bytes of a statement, if it is
/// encoded as the ABI's standard has it: each part right behind the one before.
library Calldata {
    function lengthOf(Production calldata statement) internal pure returns (uint256) {
        Output[] calldata outputs = statement.outputs;
        uint256 next = _behind(statement.inputs, startOf(statement) + Sizes.PRODUCTION * Words.WORD);
        next = _requireArray(startOf(outputs), next) + outputs.length * Words.WORD;
        for (uint256 i; i < outputs.length; ++i) next = _behind(outputs[i], next);
        return next - startOf(statement);
    }

    function lengthOf(Dispatch calldata statement) internal pure returns (uint256) {
        return _behind(statement.lots, startOf(statement) + Sizes.DISPATCH * Words.WORD) - startOf(statement);
    }

    function lengthOf(Receipt calldata statement) internal pure returns (uint256) {
        Received[] calldata lots = statement.lots;
        uint256 next = _requireArray(startOf(lots), startOf(statement) + Sizes.RECEIPT * Words.WORD);
        return next + lots.length * Sizes.RECEIVED * Words.WORD - startOf(statement);
    }

    function lengthOf(Attestation calldata statement) internal pure returns (uint256) {
        string calldata scheme = statement.scheme;
        uint256 next = _requireArray(startOf(scheme), startOf(statement) + Sizes.ATTESTATION * Words.WORD);
        uint256 words = (bytes(scheme).length + Words.WORD - 1) / Words.WORD;
        return next + words * Words.WORD - startOf(statement);
    }

    /// @dev Where what follows the array starts.
    function _behind(LotHead[] calldata lots, uint256 expected) private pure returns (uint256) {
        return _requireArray(startOf(lots), expected) + lots.length * Sizes.LOT_HEAD * Words.WORD;
    }

    function _behind(Output calldata output, uint256 expected) private pure returns (uint256) {
        Words.requireAt(expected, startOf(output));
        Content[] calldata content = output.content;
        uint256 next = _requireArray(startOf(content), expected + Sizes.OUTPUT * Words.WORD);
        return next + content.length * Sizes.CONTENT * Words.WORD;
    }

    /// @dev An array's first item stands behind the word that has its length.
    function _requireArray(uint256 got, uint256 expected) private pure returns (uint256) {
        Words.requireAt(expected + Words.WORD, got);
        return got;
    }

    // ── Where ──

    function startOf(FacilityRegistration calldata value) internal pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := value
        }
    }

    function startOf(Production calldata value) internal pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := value
        }
    }

    function startOf(Dispatch calldata value) internal pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := value
        }
    }

    function startOf(Receipt calldata value) internal pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := value
        }
    }

    function startOf(Correction calldata value) internal pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := value
        }
    }

    function startOf(Observation calldata value) internal pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := value
        }
    }

    function startOf(Attestation calldata value) internal pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := value
        }
    }

    function startOf(Revocation calldata value) internal pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := value
        }
    }

    function startOf(Delegation calldata value) internal pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := value
        }
    }

    function startOf(KeyReplacement calldata value) internal pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := value
        }
    }

    function startOf(KeyObjection calldata value) internal pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := value
        }
    }

    function startOf(Output calldata value) internal pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := value
        }
    }

    function startOf(Output[] calldata value) internal pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := value.offset
        }
    }

    function startOf(LotHead[] calldata value) internal pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := value.offset
        }
    }

    function startOf(Received[] calldata value) internal pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := value.offset
        }
    }

    function startOf(Content[] calldata value) internal pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := value.offset
        }
    }

    function startOf(string calldata value) internal pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := value.offset
        }
    }
}
