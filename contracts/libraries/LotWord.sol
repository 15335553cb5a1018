// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LotState, LotStatus, LotTrace} from "../Types.sol";

/// @dev A LotState in one word: custodian, occurredAt, recordedAt, status, trace, from the lowest bits up, as Solidity
/// packs that struct. By hand, because Solidity would write it member by member, and a statement moves many lots.
type LotWord is uint256;

using LotWords for LotWord global;

/// @title What is kept of a lot
library LotWords {
    uint256 private constant OCCURRED_AT = 160;
    uint256 private constant RECORDED_AT = 200;
    uint256 private constant STATUS = 240;
    uint256 private constant TRACE = 248;

    function bear(address custodian_, uint40 occurredAt_, uint256 recordedAt_) internal pure returns (LotWord) {
        return _pack(custodian_, occurredAt_, uint40(recordedAt_), LotStatus.Held, LotTrace.None);
    }

    /// @notice The lot after a statement: when its birth was recorded stays.
    function next(LotWord word, address custodian_, uint40 occurredAt_, LotStatus status_, LotTrace trace_)
        internal
        pure
        returns (LotWord)
    {
        return _pack(custodian_, occurredAt_, recordedAt(word), status_, trace_);
    }

    function custodian(LotWord word) internal pure returns (address) {
        return address(uint160(LotWord.unwrap(word)));
    }

    function occurredAt(LotWord word) internal pure returns (uint40) {
        return uint40(LotWord.unwrap(word) >> OCCURRED_AT);
    }

    function recordedAt(LotWord word) internal pure returns (uint40) {
        return uint40(LotWord.unwrap(word) >> RECORDED_AT);
    }

    function status(LotWord word) internal pure returns (LotStatus) {
        return LotStatus(uint8(LotWord.unwrap(word) >> STATUS));
    }

    function trace(LotWord word) internal pure returns (LotTrace) {
        return LotTrace(LotWord.unwrap(word) >> TRACE);
    }

    function unpack(LotWord word) internal pure returns (LotState memory) {
        return LotState(custodian(word), occurredAt(word), recordedAt(word), status(word), trace(word));
    }

    function _pack(address custodian_, uint40 occurredAt_, uint40 recordedAt_, LotStatus status_, LotTrace trace_)
        private
        pure
        returns (LotWord)
    {
        return LotWord.wrap(
            uint256(uint160(custodian_)) | uint256(occurredAt_) << OCCURRED_AT | uint256(recordedAt_) << RECORDED_AT
                | uint256(status_) << STATUS | uint256(trace_) << TRACE
        );
    }
}
