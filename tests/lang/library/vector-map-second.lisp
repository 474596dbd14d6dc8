(vector-map + <<1>> nil) ; expect error: vector-map: expected a vector, got nil
