// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FacilityId, FacilityRegistration, FacilityState, Quota, StatementId} from "../Types.sol";

/// @title Facilities and their quotas
/// @notice Sites that parties operate, and how much may originate at each. A quota is 0 until the registrar
/// grants one: a self-declared mine mints nothing.
interface IFacilities {
    /// @notice A facility exists; its id is the statement's. The indexer inserts it.
    event FacilityRegistrationRecorded(
        StatementId indexed id, FacilityRegistration statement, address signer, bytes signature
    );

    /// @notice What may originate at the facility in that UTC year is now `milligrams` in all. The indexer
    /// takes the last grant per (facility, material, recycled, year).
    event QuotaGranted(
        FacilityId indexed facility, uint8 material, bool recycled, uint16 year, uint64 milligrams, bytes32 evidence
    );

    /// @notice No facility has that id.
    error FacilityUnknown(FacilityId facility);
    /// @notice The facility has another operator than the statement needs.
    error FacilityNotOperatedBy(FacilityId facility, address operator, address party);
    /// @notice No facility kind has that number.
    error FacilityKindUnknown(uint8 kind);
    /// @notice Not an ISO 3166-1 numeric code (1–999).
    error CountryUnknown(uint16 country);
    /// @notice No material has that number (0, 119–127).
    error MaterialUnknown(uint8 material);
    /// @notice More would originate than was granted for that year.
    error QuotaExceeded(
        FacilityId facility, uint8 material, bool recycled, uint16 year, uint256 available, uint256 wanted
    );
    /// @notice The year's quota cannot fall below what originated already.
    error QuotaBelowUsed(uint256 used, uint64 milligrams);
    /// @notice Masses are at most 2⁶³ − 1 milligrams.
    error MassTooLarge(uint64 milligrams);

    /// @notice Anyone: records a party's signed registration. Emits FacilityRegistrationRecorded.
    function recordFacilityRegistration(FacilityRegistration calldata statement, bytes calldata signature)
        external
        returns (StatementId id);

    /// @notice Registrar: sets (not adds to) a year's quota, never below what was used. Emits QuotaGranted.
    function grantQuota(
        FacilityId facility,
        uint8 material,
        bool recycled,
        uint16 year,
        uint64 milligrams,
        bytes32 evidence
    ) external;

    function facilityState(FacilityId facility) external view returns (FacilityState memory);
    function quota(FacilityId facility, uint8 material, bool recycled, uint16 year)
        external
        view
        returns (Quota memory);
}
