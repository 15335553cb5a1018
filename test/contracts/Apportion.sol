// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @notice The attribution of origin, as the program computes it off chain: floor(content · share / total) for each
/// origin; the units that are left go, one each, to the largest remainders, ties to the lower index.
library Apportion {
    function apportion(uint256 content, uint256[] memory shares, uint256 total)
        internal
        pure
        returns (uint256[] memory parts)
    {
        parts = new uint256[](shares.length);
        uint256[] memory remainders = new uint256[](shares.length);
        uint256 left = content;
        for (uint256 i; i < shares.length; ++i) {
            parts[i] = Math.mulDiv(content, shares[i], total);
            remainders[i] = mulmod(content, shares[i], total);
            left -= parts[i];
        }
        for (; left > 0; --left) ++parts[_takeLargest(remainders)];
    }

    /// @dev The first of the largest; it is 0 from then on.
    function _takeLargest(uint256[] memory remainders) private pure returns (uint256 largest) {
        for (uint256 i = 1; i < remainders.length; ++i) {
            if (remainders[i] > remainders[largest]) largest = i;
        }
        remainders[largest] = 0;
    }
}
