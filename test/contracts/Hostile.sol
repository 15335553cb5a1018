// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @dev What a smart account does when it is asked whether it signed.
enum Trick {
    CallBack,
    BurnAll,
    ReturnMuch,
    ReturnTooMuch,
    RevertMuch,
    RevertTooMuch,
    WriteStorage,
    Log,
    AnswerShort,
    AnswerNothing,
    FailAssertion
}

/// @notice A smart account that says that it signed, and means harm.
contract Hostile {
    bytes4 private constant YES = IERC1271.isValidSignature.selector;
    /// @dev Fits in what the ledger gives (memory costs 155,000 gas), and would cost the ledger as much if it copied it.
    uint256 private constant MUCH = 256 * 1_024;
    /// @dev A megabyte: memory alone costs 2,200,000 gas.
    uint256 private constant TOO_MUCH = 1_024 * 1_024;

    Trick private immutable TRICK;
    address private _target;
    bytes private _call;
    uint256 private _count;

    event Asked();

    constructor(Trick trick) {
        TRICK = trick;
    }

    function setCall(address target, bytes calldata call) external {
        (_target, _call) = (target, call);
    }

    fallback() external {
        if (TRICK == Trick.CallBack) _callBack();
        else if (TRICK == Trick.BurnAll) _burn();
        else if (TRICK == Trick.ReturnMuch) _answer(MUCH, false);
        else if (TRICK == Trick.ReturnTooMuch) _answer(TOO_MUCH, false);
        else if (TRICK == Trick.RevertMuch) _answer(MUCH, true);
        else if (TRICK == Trick.RevertTooMuch) _answer(TOO_MUCH, true);
        else if (TRICK == Trick.WriteStorage) ++_count;
        else if (TRICK == Trick.Log) emit Asked();
        else if (TRICK == Trick.AnswerShort) _answer(31, false);
        else if (TRICK == Trick.AnswerNothing) _answer(0, false);
        else assert(false);
        _answer(32, false);
    }

    /// @dev Whatever comes of it, the account says that it signed.
    function _callBack() private {
        (bool done,) = _target.call(_call);
        if (done) _answer(0, true);
    }

    function _burn() private view {
        uint256 waste;
        while (gasleft() > 0) waste ^= gasleft();
    }

    function _answer(uint256 length, bool reverts) private pure {
        bytes32 word = bytes32(YES);
        assembly ("memory-safe") {
            let start := mload(0x40)
            mstore(start, word)
            if length { mstore8(add(start, sub(length, 1)), byte(sub(length, 1), word)) }
            if reverts { revert(start, length) }
            return(start, length)
        }
    }
}

/// @notice A smart account that takes so much gas to say that it signed, and says so to any signature.
contract Toiler {
    uint256 private immutable NEEDED;

    constructor(uint256 needed) {
        NEEDED = needed;
    }

    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        uint256 start = gasleft();
        while (start - gasleft() < NEEDED) {}
        return IERC1271.isValidSignature.selector;
    }
}
