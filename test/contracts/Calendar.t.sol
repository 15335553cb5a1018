// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Calendar} from "../../contracts/libraries/Calendar.sol";
import {Test} from "./Test.sol";

contract CalendarTest is Test {
    /// @dev By counting days of years, not by the formula under test.
    function startOf(uint256 year) private pure returns (uint256) {
        uint256 before = year - 1;
        uint256 leapDays = (before / 4 - before / 100 + before / 400) - 477;
        return (365 * (year - 1970) + leapDays) * 1 days;
    }

    function test_known_new_years() public pure {
        assertEq(startOf(1970), 0);
        assertEq(startOf(2000), 946_684_800);
        assertEq(startOf(2026), 1_767_225_600);
        assertEq(Calendar.year(0), 1970);
        assertEq(Calendar.year(946_684_799), 1999);
        assertEq(Calendar.year(1_767_225_599), 2025);
        assertEq(Calendar.year(1_767_225_600), 2026);
        assertEq(Calendar.year(type(uint40).max), 36_812);
    }

    function test_every_year_from_its_first_to_its_last_second() public pure {
        for (uint256 year = 1970; year < 2500; ++year) {
            assertEq(Calendar.year(uint40(startOf(year))), year);
            assertEq(Calendar.year(uint40(startOf(year + 1) - 1)), year);
        }
    }

    function test_every_year_on_its_days_around_the_end_of_february() public pure {
        for (uint256 year = 1970; year < 2500; ++year) {
            for (uint256 day = 55; day < 63; ++day) {
                assertEq(Calendar.year(uint40(startOf(year) + day * 1 days)), year);
            }
        }
    }

    function testFuzz_year_contains_its_time(uint40 time) public pure {
        uint256 year = Calendar.year(time);
        assertLe(startOf(year), time);
        assertLt(time, startOf(year + 1));
    }
}
