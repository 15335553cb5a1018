// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IMaterialLedger} from "../../contracts/interfaces/IMaterialLedger.sol";

/// @notice The ledger as it is deployed, with the roles that its interface leaves to OpenZeppelin. Tests know it by this
/// alone: its code comes from the build, and is never compiled with their settings.
interface Ledger is IMaterialLedger, IAccessControl {
    function DEFAULT_ADMIN_ROLE() external view returns (bytes32 role);
}
