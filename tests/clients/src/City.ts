// What Relay asks of a server: pages of a connection, and a node by its id to go on from.
import { graphql } from "relay-runtime";

export const values = graphql`
  fragment City_values on City
  @refetchable(queryName: "CityNextPage")
  @argumentDefinitions(
    count: { type: "Int", defaultValue: 10 }
    cursor: { type: "String" }
  ) {
    name
    kpiValues(first: $count, after: $cursor) @connection(key: "City_kpiValues") {
      edges {
        node {
          id
          value
          kpi {
            name
          }
        }
      }
    }
  }
`;

export const query = graphql`
  query CityQuery($id: ID!) {
    city(id: $id) {
      ...City_values
    }
  }
`;
