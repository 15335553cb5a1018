// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Content} from "../Types.sol";
import {ILots} from "../interfaces/ILots.sol";

/// @title The balance of a production
/// @notice What goes in and what comes out, in milligrams, per (material, recycled) pair.
library Balance {
    /// @dev 512 words each, by pair. Solidity zeroes them: allocate a sheet only where it is needed.
    struct Sheet {
        uint256[512] inputs;
        uint256[512] outputs;
    }

    /// @notice Where a pair stands: in the order in which content is sorted.
    function pair(uint8 material, bool recycled) internal pure returns (uint256) {
        return uint256(material) * 2 + (recycled ? 1 : 0);
    }

    function addInput(Sheet memory sheet, Content[] calldata content) internal pure {
        _add(sheet.inputs, content);
    }

    function addOutput(Sheet memory sheet, Content[] calldata content) internal pure {
        _add(sheet.outputs, content);
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
        (inMilligrams, outMilligrams) = (sheet.inputs[key], sheet.outputs[key]);
        (sheet.inputs[key], sheet.outputs[key]) = (0, 0);
    }

    function _add(uint256[512] memory side, Content[] calldata content) private pure {
        for (uint256 i; i < content.length; ++i) {
            Content calldata part = content[i];
            side[pair(part.material, part.recycled)] += part.milligrams;
        }
    }
}
