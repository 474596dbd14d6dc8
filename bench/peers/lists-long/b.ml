let rec build n l = if n = 0 then l else build (n - 1) (n :: l)
let rec rev_add l acc = match l with [] -> acc | x :: r -> rev_add r ((x + 1) :: acc)
let rec add_one l = match l with [] -> [] | x :: r -> let y = x + 1 in y :: add_one r
(* the natural definition overflows the system's stack beyond some hundred thousand elements *)
let map n l = if n > 100000 then List.rev (rev_add l []) else add_one l
let rec sum l acc = match l with [] -> acc | x :: r -> sum r (acc + x)
let () =
  let total = ref 0 in
  for _ = 1 to 100 do total := !total + sum (map 1000000 (build 1000000 [])) 0 done;
  Printf.printf "%d\n" !total
