// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// @notice OpenZeppelin's ERC-721, where anyone may mint: a lot is a token.
contract Token721 is ERC721("Lots", "LOT") {
    function mint(address to, uint256 id) external {
        _mint(to, id);
    }
}

/// @notice OpenZeppelin's ERC-1155, where anyone may mint: a lot is an id, and its milligrams are the amount.
contract Token1155 is ERC1155("") {
    function mintBatch(address to, uint256[] calldata ids, uint256[] calldata amounts) external {
        _mintBatch(to, ids, amounts, "");
    }
}
