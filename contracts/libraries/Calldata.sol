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

/// @title The bytes of the fixed part of each struct
library Sizes {
    uint256 internal constant CONTENT = 3 * 32;
    uint256 internal constant LOT_HEAD = 2 * 32;
    uint256 internal constant RECEIVED = 2 * 32;
    uint256 internal constant OUTPUT = 4 * 32;
    uint256 internal constant FACILITY_REGISTRATION = 5 * 32;
    uint256 internal constant PRODUCTION = 9 * 32;
    uint256 internal constant DISPATCH = 10 * 32;
    uint256 internal constant RECEIPT = 7 * 32;
    uint256 internal constant CORRECTION = 5 * 32;
    uint256 internal constant OBSERVATION = 10 * 32;
    uint256 internal constant ATTESTATION = 8 * 32;
    uint256 internal constant REVOCATION = 5 * 32;
    uint256 internal constant DELEGATION = 6 * 32;
    uint256 internal constant KEY_REPLACEMENT = 4 * 32;
    uint256 internal constant KEY_OBJECTION = 4 * 32;
}

/// @title Where statements lie in calldata, and how long they are
/// @notice `startOf` is the place of a struct, or of an array's first item. `lengthOf` is the bytes of a statement, if it is
/// encoded as the ABI's standard has it: each part right behind the one before.
library Calldata {
    function lengthOf(Dispatch calldata statement) internal pure returns (uint256) {
        return behind(statement.lots, startOf(statement) + Sizes.DISPATCH) - startOf(statement);
    }

    function lengthOf(Receipt calldata statement) internal pure returns (uint256) {
        Received[] calldata lots = statement.lots;
        uint256 next = requireArray(startOf(lots), startOf(statement) + Sizes.RECEIPT);
        return next + lots.length * Sizes.RECEIVED - startOf(statement);
    }

    function lengthOf(Attestation calldata statement) internal pure returns (uint256) {
        string calldata scheme = statement.scheme;
        uint256 next = requireArray(startOf(scheme), startOf(statement) + Sizes.ATTESTATION);
        uint256 words = (bytes(scheme).length + Words.WORD - 1) / Words.WORD;
        Words.requireZeros(next + bytes(scheme).length, words * Words.WORD - bytes(scheme).length);
        return next + words * Words.WORD - startOf(statement);
    }

    /// @notice Where what follows the array starts, which itself is at `expected`.
    function behind(LotHead[] calldata lots, uint256 expected) internal pure returns (uint256) {
        return requireArray(startOf(lots), expected) + lots.length * Sizes.LOT_HEAD;
    }

    /// @notice An array's first item stands behind the word that has its length, and that is at `expected`.
    function requireArray(uint256 got, uint256 expected) internal pure returns (uint256) {
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
