// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {StatementId} from "../Types.sol";
import {IParties} from "../interfaces/IParties.sol";

/// @title Statements as the words that they are in calldata
/// @notice A statement is hashed, and emitted, by copying its words: no field is decoded and encoded again, which would
/// cost more than all the rest. `start` is where a struct or an array's first item starts in calldata; lengths are in bytes.
/// @dev Two things make a copy as good as an encoding. Where a number's word has dirty upper bits, Solidity reverts when
/// the field is read: whoever records a statement reads each of its fields once. And the parts lie one behind the other,
/// without gaps, as `requireAt` is there to check: what an offset points to is then what is copied.
/// Memory behind the free pointer is scratch: each function is done with it when it returns.
library Words {
    uint256 internal constant WORD = 32;

    /// @notice keccak256(abi.encode(first, second, third)).
    function hash(bytes32 first, bytes32 second, bytes32 third) internal pure returns (bytes32 result) {
        assembly ("memory-safe") {
            let scratch := mload(0x40)
            mstore(scratch, first)
            mstore(add(scratch, 32), second)
            mstore(add(scratch, 64), third)
            result := keccak256(scratch, 96)
        }
    }

    /// @notice EIP-712's hash of a struct of `length` bytes.
    function hash(bytes32 typeHash, uint256 start, uint256 length) internal pure returns (bytes32 result) {
        assembly ("memory-safe") {
            let scratch := mload(0x40)
            mstore(scratch, typeHash)
            calldatacopy(add(scratch, 32), start, length)
            result := keccak256(scratch, add(length, 32))
        }
    }

    /// @notice The same, where the word at `position` is the offset of a member: its hash stands there instead.
    function hash(bytes32 typeHash, uint256 start, uint256 length, uint256 position, bytes32 member)
        internal
        pure
        returns (bytes32 result)
    {
        assembly ("memory-safe") {
            let scratch := mload(0x40)
            mstore(scratch, typeHash)
            calldatacopy(add(scratch, 32), start, length)
            mstore(add(add(scratch, 32), mul(position, 32)), member)
            result := keccak256(scratch, add(length, 32))
        }
    }

    /// @notice The same, with another member right behind it.
    function hash(
        bytes32 typeHash,
        uint256 start,
        uint256 length,
        uint256 position,
        bytes32 member,
        bytes32 nextMember
    ) internal pure returns (bytes32 result) {
        assembly ("memory-safe") {
            let scratch := mload(0x40)
            mstore(scratch, typeHash)
            calldatacopy(add(scratch, 32), start, length)
            mstore(add(add(scratch, 32), mul(position, 32)), member)
            mstore(add(add(scratch, 64), mul(position, 32)), nextMember)
            result := keccak256(scratch, add(length, 32))
        }
    }

    /// @notice EIP-712's hash of an array of structs of `length` bytes each.
    function hashArray(bytes32 typeHash, uint256 start, uint256 items, uint256 length)
        internal
        pure
        returns (bytes32 result)
    {
        assembly ("memory-safe") {
            let scratch := mload(0x40)
            let hashes := add(add(scratch, 32), length)
            let next := hashes
            mstore(scratch, typeHash)
            for { let end := add(hashes, mul(items, 32)) } lt(next, end) { next := add(next, 32) } {
                calldatacopy(add(scratch, 32), start, length)
                mstore(next, keccak256(scratch, add(length, 32)))
                start := add(start, length)
            }
            result := keccak256(hashes, sub(next, hashes))
        }
    }

    /// @notice EIP-712's hash of an array whose items are hashed already.
    function hashArray(bytes32[] memory hashes) internal pure returns (bytes32 result) {
        assembly ("memory-safe") {
            result := keccak256(add(hashes, 32), mul(mload(hashes), 32))
        }
    }

    /// @notice Refuses calldata whose next part is not where the standard encoding has it.
    function requireAt(uint256 expected, uint256 got) internal pure {
        if (expected != got) revert IParties.EncodingNotCanonical();
    }

    /// @notice Refuses calldata that is padded with anything but zeros.
    /// @param length Below 32: shifted by all its bits, a word is 0.
    function requireZeros(uint256 start, uint256 length) internal pure {
        uint256 padding;
        assembly ("memory-safe") {
            padding := shr(sub(256, mul(length, 8)), calldataload(start))
        }
        if (padding != 0) revert IParties.EncodingNotCanonical();
    }

    /// @notice Emits `event(StatementId indexed id, Struct statement, address signer, bytes signature)` for a struct of
    /// words alone.
    function log(
        bytes32 topic,
        StatementId id,
        uint256 start,
        uint256 length,
        address signer,
        bytes calldata signature
    ) internal {
        assembly ("memory-safe") {
            let data := mload(0x40)
            calldatacopy(data, start, length)
            let next := add(data, length)
            mstore(next, signer)
            mstore(add(next, 32), add(length, 64))
            // Zeros behind the signature's last byte, up to the end of its word.
            let end := add(add(next, 96), and(add(signature.length, 31), not(31)))
            mstore(sub(end, 32), 0)
            mstore(add(next, 64), signature.length)
            calldatacopy(add(next, 96), signature.offset, signature.length)
            log2(data, sub(end, data), topic, id)
        }
    }

    /// @notice The same for a struct that has members of variable length, `length` bytes in all.
    function logDynamic(
        bytes32 topic,
        StatementId id,
        uint256 start,
        uint256 length,
        address signer,
        bytes calldata signature
    ) internal {
        assembly ("memory-safe") {
            let data := mload(0x40)
            mstore(data, 96)
            mstore(add(data, 32), signer)
            mstore(add(data, 64), add(length, 96))
            calldatacopy(add(data, 96), start, length)
            let next := add(add(data, 96), length)
            let end := add(add(next, 32), and(add(signature.length, 31), not(31)))
            mstore(sub(end, 32), 0)
            mstore(next, signature.length)
            calldatacopy(add(next, 32), signature.offset, signature.length)
            log2(data, sub(end, data), topic, id)
        }
    }
}
