// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Attestations} from "./Attestations.sol";
import {Parties} from "./Parties.sol";
import {IMaterialLedger} from "./interfaces/IMaterialLedger.sol";

/// @title The ledger
/// @notice Assembles the parts: parties, facilities, lots, attestations.
contract MaterialLedger is IMaterialLedger, Attestations {
    /// @param registrar Admits and suspends parties, grants quotas, may revoke attestations.
    /// @param accreditor Accredits auditors.
    constructor(address registrar, address accreditor) Parties(registrar, accreditor) {}
}
