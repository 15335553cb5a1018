// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Observation, StatementId} from "../Types.sol";

/// @title Observations
/// @notice What parties' devices and inspectors saw on the way. They stand beside custody: none makes a dispatch, a
/// receipt or a production stale. Each device keeps a log of its own on a subject, and each observation names the one
/// before it, so that a log can be read back from its tail, whole. The first of a log joins the subject's trail too: no
/// log can be left out.
interface IObservations {
    /// @notice The observation is the log's tail. The indexer appends it.
    event ObservationRecorded(StatementId indexed id, Observation statement, address signer, bytes signature);

    /// @notice The log has another tail: this observation was not the next.
    error TailStale(StatementId expected, StatementId got);
    /// @notice Readings have a root and a count, an inspection has neither.
    error ReadingsMismatch(bytes32 root, uint32 count);
    /// @notice It would end before it starts.
    error PeriodReversed(uint40 from, uint40 until);

    /// @notice Anyone: records a device's signed observation. Emits ObservationRecorded.
    function recordObservation(Observation calldata statement, bytes calldata signature)
        external
        returns (StatementId id);

    /// @notice The last observation of the device on the subject; 0 = none.
    function tail(address observer, address device, bytes32 subject) external view returns (StatementId);
}
