// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {FacilityKind} from "../../contracts/Codes.sol";
import {FacilityId, FacilityRegistration, FacilityState, StatementId} from "../../contracts/Types.sol";
import {IFacilities} from "../../contracts/interfaces/IFacilities.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Base} from "./Base.sol";

contract FacilitiesTest is Base {
    FacilityId private constant NOWHERE = FacilityId.wrap(keccak256("nowhere"));

    // ── Registration ──

    function test_registration_makes_a_facility() public {
        FacilityRegistration memory statement = registration(maker, FacilityKind.STORAGE);
        StatementId id = idOf(statement);
        bytes memory authority = signed(maker, id);
        vm.expectEmit(address(ledger));
        emit IFacilities.FacilityRegistrationRecorded(id, statement, maker, authority);
        StatementId recorded = ledger.recordFacilityRegistration(statement, authority);
        assertEq(StatementId.unwrap(recorded), StatementId.unwrap(id));
        FacilityState memory state = ledger.facilityState(FacilityId.wrap(StatementId.unwrap(id)));
        assertEq(state.operator, maker);
        assertEq(state.kind, FacilityKind.STORAGE);
        assertEq(state.country, 180);
    }

    function test_registration_refused_FacilityKindUnknown_below() public {
        refuse(registration(miner, 0), abi.encodeWithSelector(IFacilities.FacilityKindUnknown.selector, 0));
    }

    function test_registration_refused_FacilityKindUnknown_above() public {
        refuse(registration(miner, 8), abi.encodeWithSelector(IFacilities.FacilityKindUnknown.selector, 8));
    }

    function test_registration_refused_CountryUnknown_below() public {
        FacilityRegistration memory statement = registration(miner, FacilityKind.MINE);
        statement.country = 0;
        refuse(statement, abi.encodeWithSelector(IFacilities.CountryUnknown.selector, 0));
    }

    function test_registration_refused_CountryUnknown_above() public {
        FacilityRegistration memory statement = registration(miner, FacilityKind.MINE);
        statement.country = 1000;
        refuse(statement, abi.encodeWithSelector(IFacilities.CountryUnknown.selector, 1000));
    }

    function test_registration_refused_StatementAlreadyRecorded() public {
        FacilityRegistration memory statement = registration(miner, FacilityKind.MINE);
        refuse(statement, abi.encodeWithSelector(IParties.StatementAlreadyRecorded.selector, idOf(statement)));
    }

    // ── Quotas ──

    function grantRefused(FacilityId facility, uint8 material, uint64 milligrams, bytes memory refusal) private {
        vm.prank(registrar);
        vm.expectRevert(refusal);
        ledger.grantQuota(facility, material, false, YEAR, milligrams, 0);
    }

    function test_grant_sets_the_quota_of_one_pair_and_year() public {
        bytes32 evidence = keccak256("licence");
        vm.expectEmit(address(ledger));
        emit IFacilities.QuotaGranted(refinery, NICKEL, true, 2027, 5 * KG, evidence);
        vm.prank(registrar);
        ledger.grantQuota(refinery, NICKEL, true, 2027, 5 * KG, evidence);
        assertEq(ledger.quota(refinery, NICKEL, true, 2027).granted, 5 * KG);
        assertEq(ledger.quota(refinery, NICKEL, true, 2027).used, 0);
        assertEq(ledger.quota(refinery, NICKEL, true, 2026).granted, 0);
        assertEq(ledger.quota(refinery, NICKEL, false, 2027).granted, 0);
        assertEq(ledger.quota(refinery, COBALT, true, 2027).granted, 0);
        assertEq(ledger.quota(plant, NICKEL, true, 2027).granted, 0);
    }

    function test_grant_replaces_down_to_what_was_used() public {
        mined(10 * KG);
        grant(mine, COBALT, false, 10 * KG);
        assertEq(ledger.quota(mine, COBALT, false, YEAR).granted, 10 * KG);
        assertEq(ledger.quota(mine, COBALT, false, YEAR).used, 10 * KG);
    }

    function test_grant_refused_by_anyone_else() public {
        bytes32 role = ledger.REGISTRAR();
        vm.prank(miner);
        vm.expectRevert(abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, miner, role));
        ledger.grantQuota(mine, COBALT, false, YEAR, KG, 0);
    }

    function test_grant_refused_FacilityUnknown() public {
        grantRefused(NOWHERE, COBALT, KG, abi.encodeWithSelector(IFacilities.FacilityUnknown.selector, NOWHERE));
    }

    function test_grant_refused_MaterialUnknown_0() public {
        grantRefused(mine, 0, KG, abi.encodeWithSelector(IFacilities.MaterialUnknown.selector, 0));
    }

    function test_grant_refused_MaterialUnknown_119() public {
        grantRefused(mine, 119, KG, abi.encodeWithSelector(IFacilities.MaterialUnknown.selector, 119));
    }

    function test_grant_refused_MaterialUnknown_127() public {
        grantRefused(mine, 127, KG, abi.encodeWithSelector(IFacilities.MaterialUnknown.selector, 127));
    }

    function test_grant_knows_elements_and_minerals() public {
        uint8[4] memory known = [1, 118, 128, 255];
        for (uint256 i; i < known.length; ++i) {
            grant(mine, known[i], false, KG);
            assertEq(ledger.quota(mine, known[i], false, YEAR).granted, KG);
        }
    }

    function test_grant_refused_MassTooLarge() public {
        uint64 tooMuch = MAX_MILLIGRAMS + 1;
        grantRefused(mine, COBALT, tooMuch, abi.encodeWithSelector(IFacilities.MassTooLarge.selector, tooMuch));
    }

    function test_grant_refused_QuotaBelowUsed() public {
        mined(10 * KG);
        uint64 less = 10 * KG - 1;
        grantRefused(mine, COBALT, less, abi.encodeWithSelector(IFacilities.QuotaBelowUsed.selector, 10 * KG, less));
    }
}
