// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {StatementId} from "../../contracts/Types.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Sample, Samples} from "./Samples.sol";
import {Vm} from "./Vm.sol";

/// @notice Calldata, word by word. Word 0 is the first behind the selector.
abstract contract RawCalls is Samples {
    function words(bytes memory call) internal pure returns (uint256) {
        return (call.length - 4) / 32;
    }

    function wordAt(bytes memory data, uint256 position) internal pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(add(data, 36), mul(position, 32)))
        }
    }

    function setWord(bytes memory data, uint256 position, uint256 word) internal pure {
        assembly ("memory-safe") {
            mstore(add(add(data, 36), mul(position, 32)), word)
        }
    }

    /// @dev The call with that word in the place of another.
    function replaced(bytes memory call, uint256 position, uint256 word) internal pure returns (bytes memory bent) {
        bent = bytes.concat(call);
        setWord(bent, position, word);
    }

    /// @dev The call with a word more at that position. `offsets` are the words, as they stand before, that point behind it.
    function inserted(bytes memory call, uint256 position, uint256 word, uint256[] memory offsets)
        internal
        pure
        returns (bytes memory longer)
    {
        bytes memory bent = bytes.concat(call);
        for (uint256 i; i < offsets.length; ++i) setWord(bent, offsets[i], wordAt(bent, offsets[i]) + 32);
        uint256 split = 4 + position * 32;
        bytes memory head = without(bent, bent.length - split);
        bytes memory rest = new bytes(bent.length - split);
        for (uint256 i; i < rest.length; ++i) rest[i] = bent[split + i];
        return bytes.concat(head, bytes32(word), rest);
    }

    /// @dev Sends a call that has no signature yet, signed by the sample's author over what the ledger says that it read:
    /// an author that means harm signs whatever is hashed. What is recorded must be told by an honest event.
    function sentBy(Sample memory made, bytes memory call) internal returns (bool done, bytes memory reason) {
        (done, reason) = sent(call);
        if (bytes4(reason) != IParties.SignatureInvalid.selector) return (done, reason);
        StatementId id;
        assembly ("memory-safe") {
            id := mload(add(reason, 68))
        }
        (done, reason) = sent(withSignature(call, signed(made.author, id)));
    }

    function sent(bytes memory call) internal returns (bool done, bytes memory reason) {
        vm.recordLogs();
        (done, reason) = submitted(call);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        assertEq(logs.length, done ? 1 : 0, "events");
        if (done) assertHonest(logs[0]);
    }
}
