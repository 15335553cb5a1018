// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Content} from "../Types.sol";
import {ILots} from "../interfaces/ILots.sol";

/// @title The balance of a production
/// @notice What goes in and what comes out, in milligrams, per (material, recycled) pair.
library Balance {
    /// @dev A word per pair: what goes in above, what comes out below, 128 bits each. No sum reaches 2¹²⁸: a mass is below
    /// 2⁶³ and no statement lists 2⁶⁵.
    struct Sheet {
        uint256[512] sums;
    }

    uint256 private constant IN = 2 ** 128;

    /// @notice Where a pair stands: in the order in which content is sorted.
    function pair(uint8 material, bool recycled) internal pure returns (uint256) {
        return uint256(material) * 2 + (recycled ? 1 : 0);
    }

    function addOutput(Sheet memory sheet, uint256 key, uint64 milligrams) internal pure {
        sheet.sums[key] += milligrams;
    }

    function addInput(Sheet memory sheet, Content[] calldata content) internal pure {
        _add(sheet, content, IN);
    }

    function addOutput(Sheet memory sheet, Content[] calldata content) internal pure {
        _add(sheet, content, 1);
    }

    /// @notice What comes out of a pair that an origin makes from nothing.
    function originate(Sheet memory sheet, uint8 material, bool recycled) internal pure returns (uint256 originated) {
        (, originated) = _take(sheet, material, recycled);
    }

    /// @notice What of a material's primary becomes recycled, which it may where `mayConvert`. Refuses what comes out
    /// without having gone in.
    function convert(Sheet memory sheet, uint8 material, bool mayConvert) internal pure returns (uint256 converted) {
        (uint256 primaryIn, uint256 primaryOut) = _take(sheet, material, false);
        (uint256 recycledIn, uint256 recycledOut) = _take(sheet, material, true);
        if (primaryOut > primaryIn) revert ILots.MoreOutThanIn(material, false, primaryIn, primaryOut);
        uint256 recyclable = recycledIn + (mayConvert ? primaryIn - primaryOut : 0);
        if (recycledOut > recyclable) revert ILots.MoreOutThanIn(material, true, recyclable, recycledOut);
        return recycledOut > recycledIn ? recycledOut - recycledIn : 0;
    }

    /// @dev Takes a pair off the sheet: a pair that was taken counts as 0 from then on.
    function _take(Sheet memory sheet, uint8 material, bool recycled)
        private
        pure
        returns (uint256 inMilligrams, uint256 outMilligrams)
    {
        uint256 key = pair(material, recycled);
        uint256 sums = sheet.sums[key];
        sheet.sums[key] = 0;
        return (sums / IN, sums % IN);
    }

    function _add(Sheet memory sheet, Content[] calldata content, uint256 side) private pure {
        for (uint256 i; i < content.length; ++i) {
            Content calldata part = content[i];
            sheet.sums[pair(part.material, part.recycled)] += part.milligrams * side;
        }
    }
}
