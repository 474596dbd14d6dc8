let rec inner i n = if n = 0 then [] else let rest = inner i (n - 1) in (i + n) :: rest
let rec outer i n = if n = 0 then [] else let first = inner (i + n) 4 in first :: outer i (n - 1)
let rec sum_inner l acc = match l with [] -> acc | x :: r -> sum_inner r (acc + x)
let rec sum l acc = match l with [] -> acc | x :: r -> sum r (sum_inner x acc)
let () =
  let total = ref 0 in
  for i = 0 to 1999999 do total := !total + sum (outer i 10) 0 done;
  Printf.printf "%d\n" !total
