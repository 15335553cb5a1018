// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CustodyModel, FacilityKind, Outcome, Process, Scope, TransportMode} from "../../contracts/Codes.sol";
import {Test} from "./Test.sol";

/// @notice The numbers stand in signed statements: none may ever change.
contract CodesTest is Test {
    function test_facility_kinds() public pure {
        assertEq(FacilityKind.MINE, 1);
        assertEq(FacilityKind.ARTISANAL_MINE, 2);
        assertEq(FacilityKind.CONCENTRATOR, 3);
        assertEq(FacilityKind.SMELTER_OR_REFINER, 4);
        assertEq(FacilityKind.MANUFACTURER, 5);
        assertEq(FacilityKind.RECYCLER, 6);
        assertEq(FacilityKind.STORAGE, 7);
    }

    function test_processes() public pure {
        assertEq(Process.EXTRACT, 1);
        assertEq(Process.COLLECT, 2);
        assertEq(Process.DECLARE, 3);
        assertEq(Process.CONCENTRATE, 4);
        assertEq(Process.SMELT, 5);
        assertEq(Process.REFINE, 6);
        assertEq(Process.BLEND, 7);
        assertEq(Process.SPLIT, 8);
        assertEq(Process.REWEIGH, 9);
        assertEq(Process.MANUFACTURE, 10);
        assertEq(Process.ASSEMBLE, 11);
        assertEq(Process.RECYCLE, 12);
        assertEq(Process.RETIRE, 13);
    }

    function test_custody_models() public pure {
        assertEq(CustodyModel.IDENTITY_PRESERVED, 1);
        assertEq(CustodyModel.SEGREGATED, 2);
        assertEq(CustodyModel.CONTROLLED_BLENDING, 3);
        assertEq(CustodyModel.MASS_BALANCE, 4);
        assertEq(CustodyModel.BOOK_AND_CLAIM, 5);
    }

    function test_transport_modes() public pure {
        assertEq(TransportMode.SEA, 1);
        assertEq(TransportMode.RAIL, 2);
        assertEq(TransportMode.ROAD, 3);
        assertEq(TransportMode.AIR, 4);
        assertEq(TransportMode.MAIL, 5);
        assertEq(TransportMode.MULTIMODAL, 6);
        assertEq(TransportMode.FIXED_INSTALLATION, 7);
        assertEq(TransportMode.INLAND_WATER, 8);
        assertEq(TransportMode.NOT_APPLICABLE, 9);
    }

    function test_outcomes() public pure {
        assertEq(Outcome.CONFORMANT, 1);
        assertEq(Outcome.NON_CONFORMANT, 2);
        assertEq(Outcome.ALERT, 3);
    }

    function test_scopes() public pure {
        assertEq(Scope.NONE, 0);
        assertEq(Scope.FACILITY_REGISTRATION, 1);
        assertEq(Scope.PRODUCTION, 2);
        assertEq(Scope.DISPATCH, 4);
        assertEq(Scope.RECEIPT, 8);
        assertEq(Scope.CORRECTION, 16);
        assertEq(Scope.OBSERVATION, 32);
        assertEq(Scope.ATTESTATION, 64);
        assertEq(Scope.REVOCATION, 128);
        assertEq(Scope.ALL, 255);
    }
}
