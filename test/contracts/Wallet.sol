// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @notice A smart account: what its owner signs, it signs.
contract Wallet is IERC1271 {
    address private immutable OWNER;

    constructor(address owner) {
        OWNER = owner;
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external view returns (bytes4) {
        (address signer,,) = ECDSA.tryRecoverCalldata(digest, signature);
        return signer == OWNER ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }
}

/// @notice A contract that answers every call with the same word, or reverts with it.
contract Parrot {
    bytes32 private immutable WORD;
    bool private immutable REVERTS;

    constructor(bytes32 word, bool reverts) {
        (WORD, REVERTS) = (word, reverts);
    }

    fallback() external {
        bytes32 word = WORD;
        bool reverts = REVERTS;
        assembly ("memory-safe") {
            mstore(0, word)
            if reverts { revert(0, 32) }
            return(0, 32)
        }
    }
}
