"""Random requests to a small table, in which keys, attributes and conditions meet often."""

import re
from random import Random
from typing import Any

TABLE = "compared"
PARTITIONS, SORTS = ("A", "B", "C"), ("a#1", "a#2", "b#1", "b#2")
TEXTS = ("open", "paid", "a", "ab", "")
PATHS = (
    "#status",
    "#count",
    "#tags",
    "#map.#x",
    "#map.#y",
    "#map.#deep.#x",
    "#list[0]",
    "#list[2]",
)
NAMES = {
    "#status": "status",
    "#flag": "flag",
    "#count": "count",
    "#tags": "tags",
    "#map": "map",
    "#x": "x",
    "#y": "y",
    "#deep": "deep",
    "#list": "list",
    "#GSI1PK": "GSI1PK",
    "#GSI1SK": "GSI1SK",
    "#GSI2PK": "GSI2PK",
    "#GSI2SK": "GSI2SK",
    "#GSI3PK": "GSI3PK",
    "#GSI3SK": "GSI3SK",
}
INDEXES = ("GSI1", "GSI2", "GSI3")
COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")


class Requests:
    """Random requests, each as the name of the client's method and its arguments."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._values: dict[str, Any] = {}
        self._number = 0

    def next(self) -> tuple[str, dict[str, Any]]:
        """The next request."""
        make = self.random.choices(
            (
                self.get,
                self.query,
                self.query,
                self.scan,
                self.put,
                self.update,
                self.update,
                self.delete,
                self.transaction,
                self.transaction,
                self.batch,
                self.transaction_of_reads,
            )
        )[0]
        return make()

    def get(self) -> tuple[str, dict[str, Any]]:
        request = {"TableName": TABLE, "Key": self.key(), "ConsistentRead": True}
        if self.random.random() < 0.3:
            request |= {
                "ProjectionExpression": "PK, #status, #map.#x",
                "ExpressionAttributeNames": {
                    name: NAMES[name] for name in ("#status", "#map", "#x")
                },
            }
        return "get_item", request

    def batch(self) -> tuple[str, dict[str, Any]]:
        keys = [self.key() for _ in range(self.random.randint(1, 3))]
        return "batch_get_item", {"RequestItems": {TABLE: {"Keys": keys, "ConsistentRead": True}}}

    def transaction_of_reads(self) -> tuple[str, dict[str, Any]]:
        keys = [self.key() for _ in range(self.random.randint(1, 3))]
        return "transact_get_items", {
            "TransactItems": [{"Get": {"TableName": TABLE, "Key": key}} for key in keys]
        }

    def query(self) -> tuple[str, dict[str, Any]]:
        random = self.random
        index = random.choice(("", *INDEXES))
        condition = f"#pk = {self._value(random.choice(PARTITIONS))}"
        names = {"#pk": f"{index}PK", "#sk": f"{index}SK"}
        kind = random.choice(("none", "prefix", "compare", "between"))
        if kind == "none":
            del names["#sk"]
        elif kind == "prefix":
            condition += f" AND begins_with(#sk, {self._value(random.choice(('a', 'b#', 'c')))})"
        elif kind == "compare":
            sign = random.choice(("=", "<", "<=", ">", ">="))
            condition += f" AND #sk {sign} {self._value(random.choice(SORTS))}"
        else:
            low, high = sorted((random.choice(SORTS), random.choice(SORTS)))
            condition += f" AND #sk BETWEEN {self._value(low)} AND {self._value(high)}"
        request: dict[str, Any] = {
            "TableName": TABLE,
            "KeyConditionExpression": condition,
            "ScanIndexForward": random.random() < 0.5,
            "ConsistentRead": not index,
        }
        if index:
            request["IndexName"] = index
        if random.random() < 0.5:
            request["Limit"] = random.randint(1, 3)
        if not index and random.random() < 0.3:
            request["FilterExpression"] = self._condition(1, names)
        request["ExpressionAttributeNames"] = names
        request["ExpressionAttributeValues"] = self._values_in(request)
        return "query", request

    def scan(self) -> tuple[str, dict[str, Any]]:
        names: dict[str, str] = {}
        request: dict[str, Any] = {
            "TableName": TABLE,
            "ConsistentRead": True,
            "FilterExpression": self._condition(1, names),
        }
        if names:
            request["ExpressionAttributeNames"] = names
        if values := self._values_in(request):
            request["ExpressionAttributeValues"] = values
        return "scan", request

    def put(self) -> tuple[str, dict[str, Any]]:
        return "put_item", {**self._put(), "ReturnValues": self._returned("NONE", "ALL_OLD")}

    def update(self) -> tuple[str, dict[str, Any]]:
        returned = self._returned("NONE", "ALL_OLD", "ALL_NEW")
        return "update_item", {**self._update(), "ReturnValues": returned}

    def delete(self) -> tuple[str, dict[str, Any]]:
        return "delete_item", {**self._delete(), "ReturnValues": self._returned("NONE", "ALL_OLD")}

    def transaction(self) -> tuple[str, dict[str, Any]]:
        items: list[dict[str, Any]] = []
        for _ in range(self.random.randint(1, 4)):
            kind = self.random.choice(("Put", "Update", "Delete", "ConditionCheck"))
            part = {"Put": self._put, "Update": self._update}.get(kind, self._delete)()
            if kind == "ConditionCheck" and "ConditionExpression" not in part:
                part["ConditionExpression"] = "attribute_exists(PK)"
            items.append({kind: part})
        return "transact_write_items", {"TransactItems": items}

    def key(self) -> dict[str, Any]:
        choice = self.random.choice
        return {"PK": {"S": choice(PARTITIONS)}, "SK": {"S": choice(SORTS)}}

    def _put(self) -> dict[str, Any]:
        item = self.key()
        for name in ("status", "flag", "count", "tags", "map", "list"):
            if self.random.random() < 0.6:
                item[name] = self._attribute(name)
        for index in INDEXES:
            if self.random.random() < 0.7:
                # Sort keys of an index are unique here: the order of equal ones is not defined.
                self._number += 1
                sort = f"{self.random.choice(SORTS)}#{self._number}"
                item[f"{index}PK"] = {"S": self.random.choice(PARTITIONS)}
                item[f"{index}SK"] = {"S": sort}
        return self._with_condition({"TableName": TABLE, "Item": item}, {})

    def _update(self) -> dict[str, Any]:
        names: dict[str, str] = {}
        random = self.random
        clauses = []
        targets = random.sample(("#status", "#count", "#tags", "#map.#x", "#map.#deep.#x"), 3)
        sets = [self._assignment(target, names) for target in targets if random.random() < 0.4]
        if random.random() < 0.2:
            index = random.choice(INDEXES)
            self._number += 1
            sort = self._value(f"{random.choice(SORTS)}#{self._number}")
            partition = self._value(random.choice(PARTITIONS))
            sets += [
                f"{self._register(f'#{index}PK', names)} = {partition}",
                f"{self._register(f'#{index}SK', names)} = {sort}",
            ]
        if random.random() < 0.15:  # every right side is of the item before the update
            number = self._value({"N": str(random.randint(3, 9))})
            count, status = self._register("#count", names), self._register("#status", names)
            sets = [f"{count} = {number}", f"{status} = {count}"]
        if sets:
            clauses.append("SET " + ", ".join(sets))
        if random.random() < 0.3:
            removed = random.sample(("#list[0]", "#list[1]", "#map.#y", "#GSI1SK", "#GSI2PK"), 2)
            clauses.append("REMOVE " + ", ".join(self._register(path, names) for path in removed))
        if random.random() < 0.3 and "#count" not in "".join(sets):
            amount = self._value({"N": str(random.randint(-2, 3))})
            clauses.append(f"ADD {self._register('#count', names)} {amount}")
        elif random.random() < 0.3 and "#tags" not in "".join(sets):
            tags = self._value({"SS": random.sample(("p", "q", "r"), 2)})
            clause = random.choice(("ADD", "DELETE"))
            clauses.append(f"{clause} {self._register('#tags', names)} {tags}")
        if not clauses:
            clauses.append(f"SET {self._assignment('#status', names)}")
        request = {
            "TableName": TABLE,
            "Key": self.key(),
            "UpdateExpression": " ".join(clauses),
        }
        return self._with_condition(request, names)

    def _delete(self) -> dict[str, Any]:
        return self._with_condition({"TableName": TABLE, "Key": self.key()}, {})

    def _with_condition(self, request: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
        if self.random.random() < 0.6:
            request["ConditionExpression"] = self._condition(3, names)
            if self.random.random() < 0.5:
                request["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
        if names:
            request["ExpressionAttributeNames"] = names
        if values := self._values_in(request):
            request["ExpressionAttributeValues"] = values
        return request

    def _assignment(self, target: str, names: dict[str, str]) -> str:
        path = self._register(target, names)
        kind = self.random.choice(("value", "value", "default", "sum", "append", "copy"))
        if kind == "default":
            return f"{path} = if_not_exists({path}, {self._value(self._attribute(target))})"
        if kind == "sum":
            sign = self.random.choice("+-")
            increment = self._value({"N": "1"})
            return f"{path} = {self._register('#count', names)} {sign} {increment}"
        if kind == "append":
            more = self._value({"L": [self._attribute("x")]})
            return f"{path} = list_append({self._register('#list', names)}, {more})"
        if kind == "copy":
            return f"{path} = {self._register(self.random.choice(PATHS), names)}"
        return f"{path} = {self._value(self._attribute(target))}"

    def _condition(self, depth: int, names: dict[str, str]) -> str:
        random = self.random
        if depth and random.random() < 0.5:
            left, right = self._condition(depth - 1, names), self._condition(depth - 1, names)
            return random.choice(
                (
                    f"{left} AND {right}",
                    f"({left} OR {right})",
                    f"NOT ({left}) OR {right}",
                    f"NOT ({left} AND {right})",
                )
            )
        if random.random() < 0.1:  # alone, because moto takes true for the number 1
            flag = self._value(self._attribute("flag", null=False))
            return f"{self._register('#flag', names)} {random.choice(('=', '<>'))} {flag}"
        path = self._register(random.choice(PATHS), names)
        value = self._value(self._attribute(path, null=False))
        return random.choice(
            (
                lambda: "attribute_exists(PK)",
                lambda: f"attribute_exists({path})",
                lambda: f"attribute_not_exists({path})",
                lambda: f"{path} {random.choice(('=', '<>'))} {value}",
                lambda: f"{path} {random.choice(COMPARISONS)} {self._ordered_value(path)}",
                lambda: self._comparison_of_two(path, names),
                lambda: self._range(path),
                lambda: f"{path} IN ({value}, {self._value(self._attribute('x', null=False))})",
                lambda: self._measured(path),
                lambda: f"begins_with({path}, {self._value({'S': 'a'})})",
                lambda: f"contains({path}, {self._value({'S': 'p'})})",
            )
        )()

    def _range(self, path: str) -> str:
        return f"{path} BETWEEN {self._ordered_value(path)} AND {self._ordered_value(path)}"

    def _ordered_value(self, path: str) -> str:
        """A text or a number: only these have an order, and moto does not refuse the others."""
        return self._value({"S": self.random.choice(TEXTS)} if "status" in path else {"N": "1"})

    def _measured(self, path: str) -> str:
        """moto cannot measure a member of a list."""
        size = f"size({path.partition('[')[0]})"
        return f"{size} {self.random.choice(COMPARISONS)} {self._value({'N': '2'})}"

    def _comparison_of_two(self, path: str, names: dict[str, str]) -> str:
        """Two attributes that exist: moto takes two absent ones for equal."""
        other = self._register(self.random.choice(PATHS), names)
        # moto orders sets by inclusion; DynamoDB does not order them.
        signs = COMPARISONS[:2] if "#tags" in (path, other) else COMPARISONS
        sign = self.random.choice(signs)
        return f"(attribute_exists({path}) AND attribute_exists({other}) AND {path} {sign} {other})"

    def _attribute(self, target: str, *, null: bool = True) -> dict[str, Any]:
        """A value for an attribute. moto takes an absent attribute for NULL in conditions."""
        random = self.random
        if "flag" in target:
            return random.choice(({"NULL": True}, {"BOOL": True}, {"BOOL": False})[1 - null :])
        if "count" in target or "x" in target:
            return {"N": random.choice(("0", "1", "2", "-1", "10"))}
        if "tags" in target:
            return {"SS": sorted(random.sample(("p", "q", "r"), 2))}
        if "map" in target:
            inner: dict[str, Any] = {"x": {"N": "1"}, "y": {"S": random.choice(TEXTS)}}
            if random.random() < 0.5:
                inner["deep"] = {"M": {"x": {"N": "2"}}}
            return {"M": inner}
        if "list" in target:
            return {"L": [{"N": str(number)} for number in range(random.randint(0, 3))]}
        return {"S": random.choice(TEXTS)}

    def _register(self, path: str, names: dict[str, str]) -> str:
        for part in path.replace("[", ".").split("."):
            if part.startswith("#"):
                names[part] = NAMES[part]
        return path

    def _value(self, value: Any) -> str:
        attribute = {"S": value} if isinstance(value, str) else value
        placeholder = f":v{len(self._values)}"
        self._values[placeholder] = attribute
        return placeholder

    def _values_in(self, request: dict[str, Any]) -> dict[str, Any]:
        """The values that the request's expressions use; others would make it invalid."""
        values, self._values = self._values, {}
        text = " ".join(part for name, part in request.items() if name.endswith("Expression"))
        used = set(re.findall(r":v[0-9]+", text))
        return {name: value for name, value in values.items() if name in used}

    def _returned(self, *choices: str) -> str:
        return self.random.choice(choices)
