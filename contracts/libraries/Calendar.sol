// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The proleptic Gregorian calendar, in UTC
library Calendar {
    /// @dev From 0000-03-01 to 1970-01-01. Years that start in March have their leap day last.
    uint256 private constant DAYS_TO_1970 = 719_468;
    uint256 private constant DAYS_IN_400_YEARS = 146_097;
    uint256 private constant DAYS_MARCH_TO_DECEMBER = 306;

    /// @notice The year of a Unix time; any uint40 has one below 37,000.
    function year(uint40 time) internal pure returns (uint16) {
        uint256 day = uint256(time) / 1 days + DAYS_TO_1970;
        uint256 dayOfEra = day % DAYS_IN_400_YEARS;
        // By years of average length: the first days of March may still count as the end of the year before, which began
        // in March too, so that the calendar year is the same.
        uint256 yearOfEra = dayOfEra * 400 / DAYS_IN_400_YEARS;
        uint256 dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        uint256 startedInMarch = (day / DAYS_IN_400_YEARS) * 400 + yearOfEra;
        return uint16(dayOfYear < DAYS_MARCH_TO_DECEMBER ? startedInMarch : startedInMarch + 1);
    }
}
