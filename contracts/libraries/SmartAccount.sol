// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IParties} from "../interfaces/IParties.sol";

/// @title Asking a smart account whether it signed (ERC-1271)
/// @notice The account's code is a stranger's: it gets so much gas and no more, cannot write, and of what it returns one
/// word is read.
library SmartAccount {
    /// @dev Enough to check a passkey (P-256) in Solidity, the dearest signature in use; a few keys of a Safe take 30,000.
    uint256 internal constant MAX_GAS = 400_000;
    /// @dev A call gets at most 63/64 of what is left (EIP-150); with this it gets MAX_GAS in full.
    uint256 private constant NEEDED_GAS = MAX_GAS * 64 / 63 + 5_000;

    /// @notice Whether the account has code, and says that the signature over the digest is its own.
    function isSignedBy(address account, bytes32 digest, bytes calldata signature) internal view returns (bool) {
        if (account.code.length == 0) return false;
        bytes memory question = abi.encodeCall(IERC1271.isValidSignature, (digest, signature));
        uint256 gasLimit = MAX_GAS;
        bool done;
        bytes32 answer;
        // Here, where the question is written: a signature is never found invalid for lack of gas.
        if (gasleft() < NEEDED_GAS) revert IParties.GasTooLow();
        assembly ("memory-safe") {
            done := staticcall(gasLimit, account, add(question, 32), mload(question), 0, 32)
            // Of longer answers the first word is copied; shorter ones do not count, so that what stood there cannot.
            done := and(done, gt(returndatasize(), 31))
            answer := mload(0)
        }
        return done && answer == bytes32(IERC1271.isValidSignature.selector);
    }
}
