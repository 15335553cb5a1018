// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Scope} from "./Codes.sol";
import {Keys} from "./Keys.sol";
import {FacilityId, FacilityRegistration, FacilityState, PartyState, Quota, StatementId} from "./Types.sol";
import {IFacilities} from "./interfaces/IFacilities.sol";
import {Calldata, Sizes} from "./libraries/Calldata.sol";
import {Forms} from "./libraries/Forms.sol";
import {Statements} from "./libraries/Statements.sol";
import {Words} from "./libraries/Words.sol";

/// @title Facilities and their quotas
abstract contract Facilities is Keys, IFacilities {
    /// @dev Whose quota a production uses, or a correction returns.
    struct QuotaUse {
        FacilityId facility;
        uint16 year;
        bool isReturned;
    }

    mapping(FacilityId facility => FacilityState) private _facilities;
    mapping(
        FacilityId facility
            => mapping(uint8 material => mapping(bool recycled => mapping(uint16 year => Quota)))
    ) private _quotas;

    /// @inheritdoc IFacilities
    function recordFacilityRegistration(FacilityRegistration calldata statement, bytes calldata signature)
        external
        returns (StatementId id)
    {
        address signer;
        Forms.check(statement);
        PartyState memory author = _requireActive(statement.operator);
        (id, signer) = _authorize(
            statement.operator,
            author,
            Scope.FACILITY_REGISTRATION,
            Statements.hash(statement),
            statement.recordBy,
            signature
        );
        FacilityId facility = FacilityId.wrap(StatementId.unwrap(id));
        if (_operator(facility) != address(0)) revert StatementAlreadyRecorded(StatementId.unwrap(id));
        _facilities[facility] = FacilityState(statement.operator, statement.kind, statement.country);
        Words.log(
            FacilityRegistrationRecorded.selector,
            id,
            Calldata.startOf(statement),
            Sizes.FACILITY_REGISTRATION,
            signer,
            signature
        );
    }

    /// @inheritdoc IFacilities
    function grantQuota(
        FacilityId facility,
        uint8 material,
        bool recycled,
        uint16 year,
        uint64 milligrams,
        bytes32 evidence
    ) external onlyRole(REGISTRAR) {
        Forms.checkMaterial(material);
        Forms.checkMass(milligrams);
        _requireFacility(facility);
        Quota storage granted = _quotaOf(facility, material, recycled, year);
        if (milligrams < granted.used) revert QuotaBelowUsed(granted.used, milligrams);
        granted.granted = milligrams;
        emit QuotaGranted(facility, material, recycled, year, milligrams, evidence);
    }

    /// @inheritdoc IFacilities
    function facilityState(FacilityId facility) external view returns (FacilityState memory) {
        return _facilities[facility];
    }

    /// @inheritdoc IFacilities
    function quota(FacilityId facility, uint8 material, bool recycled, uint16 year)
        external
        view
        returns (Quota memory)
    {
        return _quotaOf(facility, material, recycled, year);
    }

    /// @dev Emits nothing: the production or correction that calls it is the event.
    function _useQuota(QuotaUse memory use, uint8 material, bool recycled, uint256 milligrams) internal {
        if (milligrams == 0) return;
        Quota storage granted = _quotaOf(use.facility, material, recycled, use.year);
        if (use.isReturned) {
            granted.used -= uint128(milligrams);
            return;
        }
        uint256 available = granted.granted - granted.used;
        if (milligrams > available) {
            revert QuotaExceeded(use.facility, material, recycled, use.year, available, milligrams);
        }
        granted.used += uint128(milligrams);
    }

    function _requireOperated(FacilityId facility, address party) internal view returns (uint8 kind) {
        FacilityState memory state = _requireFacility(facility);
        if (state.operator != party) revert FacilityNotOperatedBy(facility, state.operator, party);
        return state.kind;
    }

    function _operator(FacilityId facility) internal view returns (address) {
        return _facilities[facility].operator;
    }

    function _facilityKind(FacilityId facility) internal view returns (uint8) {
        return _facilities[facility].kind;
    }

    function _quotaOf(FacilityId facility, uint8 material, bool recycled, uint16 year)
        private
        view
        returns (Quota storage)
    {
        return _quotas[facility][material][recycled][year];
    }

    function _requireFacility(FacilityId facility) private view returns (FacilityState memory state) {
        state = _facilities[facility];
        if (state.operator == address(0)) revert FacilityUnknown(facility);
    }
}
