// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Observations} from "./Observations.sol";
import {Parties} from "./Parties.sol";
import {IMaterialLedger} from "./interfaces/IMaterialLedger.sol";

/// @title The ledger
/// @notice Assembles the parts: parties, keys, facilities, lots, attestations, observations.
contract MaterialLedger is IMaterialLedger, Observations {
    /// @dev A call gets 63/64 of what is left (EIP-150): one that used it all leaves no more than a 63rd of that.
    uint256 private constant GAS_DIVISOR = 63;
    /// @dev A call that lacked gas for a call of its own, which is ecrecover's 3,000, may bring back some of what it had.
    uint256 private constant GAS_MARGIN = 3_000;

    /// @param registrar Admits and suspends parties, grants quotas, proposes keys, may revoke attestations.
    /// @param accreditor Accredits auditors.
    constructor(address registrar, address accreditor) Parties(registrar, accreditor) {}

    /// @inheritdoc IMaterialLedger
    /// @dev Delegatecalls to itself: the sender stays, so that a batch gives nobody a right that a call would not.
    function submit(bytes[] calldata calls) external {
        for (uint256 i; i < calls.length; ++i) {
            uint256 gasBefore = gasleft();
            // solhint-disable-next-line avoid-low-level-calls
            (bool done, bytes memory reason) = address(this).delegatecall(calls[i]);
            if (done) continue;
            bool ranOut = gasleft() <= gasBefore / GAS_DIVISOR + GAS_MARGIN;
            if (ranOut || bytes4(reason) == GasTooLow.selector) revert GasTooLow();
            emit Refused(i, reason);
        }
    }
}
